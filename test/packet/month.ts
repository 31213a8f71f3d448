import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { packet } from '../../src/commands/packet.js';
import { addDispute } from '../../src/disputing/add.js';
import { answerDispute } from '../../src/disputing/answer.js';
import { type NewDispute, newDispute } from '../../src/disputing/new.js';
import type { PacketData } from '../../src/verify/packet/packet-data.js';
import { readPacket } from '../../src/verify/packet/read-packet.js';
import { closeAccepted } from '../support/accepting.js';
import { SAMPLE_POLICY, SAMPLES, SILENT, settle, temporaryFolder, write } from '../support/workspace.js';

const SESSIONS =
  'session_id,anchor_id,started_at,ended_at,settleable,quality_level,track,rec_dwell_minutes,unit_price,scarcity_index';

/** The sample month with what packets may stumble over: odd names, rows of nobody, a person of two agencies, a control desk's list. */
const ODD = {
  'anchors-2023-11-29.csv': `anchor_id,nickname,agency_id,account_kind,first_live_on,newcomer_certified_on,person_id
A1009,"兔子 ""老师"", in Tokyo",MCN-02,content,2023-10-11,2023-11-08,P-0172
A1008,</script><!--<b>May,MCN-02,content,2023-05-05,,P-0105
A1012,"=HYPERLINK(""x"")",,content,2023-07-14,,
`,
  'sessions-2023-12-06-odd.csv': `${SESSIONS}
ODD-0001,A1009,2023-11-09 10:00:00,2023-11-09 11:00:00,maybe,3,文学读书,100.00,0.02,1
ODD-0002,A9999,2023-11-09 10:00:00,2023-11-09 11:00:00,Y,3,文学读书,100.00,0.02,1
ODD-0003,?,2023-11-09 10:00:00,2023-11-09 11:00:00,Y,3,文学读书,100.00,0.02,1
L20231103-0043,A1001,2023-11-03 10:00:00,2023-11-03 11:00:00,Y,3,历史人文,123.45,0.02,1
ODD-0004,A1009,2023-11-10 10:00:00,2023-11-10 12:00:00,Y,3,文学读书,777.77,0.02,1
ODD-0005,A1009,2023-11-10 11:00:00,2023-11-10 13:00:00,Y,3,文学读书,888.88,0.02,1
ODD-0006,A1012,2023-11-10 11:00:00,2023-11-10 13:00:00,Y,3,"文学, ""读书""",55.55,0.02,1
ODD-0007,A1012,2023-11-10 15:00:00,2023-11-10 16:00:00,Y,3,文学读书,-1,0.02,1
`,
  'control.csv': `session_id,date,sessions,rec_dwell_minutes,amount
ODD-0004,,,777.77,1.00
ODD-0006,,,55.55,1.11
L20231103-0043,,,999.99,
,2023-11-10,5,,
`,
} as const;

/** Of two agencies, before the month is closed: one that is answered, one that is not; and one of the closed month, which its restatement pays. */
export const DISPUTED = {
  refused: {
    ...{ session: 'ODD-0004', claim: '=1+1 </script>\nzweimal, "gezählt"', contact: '李 138' },
    answer: '-1: they overlap, both count <b>',
  },
  open: { anchor: 'A1001', date: '2023-11-05', claim: 'a claim of MCN-01 alone', contact: 'Zhao' },
  paid: {
    ...{ session: 'L20231111-0060', claim: 'the appeal was won', contact: '李 138' },
    answer: 'revoked on the 14th',
    row: 'penalties-2023-12-14-appeals.csv:2',
  },
} as const;

export interface PacketMonth {
  folder: string;
  out: string;
  place: { policy: string; out: string; warehouse: string };
  closed: string;
  restated: string;
  /** Packets of a run, by unit. */
  packets: (run: string) => Promise<Map<string, string>>;
  leave: () => void;
}

/** Closed, and settled again with what came late. */
export async function packetMonth(): Promise<PacketMonth> {
  const folder = temporaryFolder();
  const out = join(folder, 'out');
  const place = { policy: SAMPLE_POLICY, out, warehouse: join(folder, 'w.duckdb') };
  const input = join(folder, 'in');
  cpSync(join(SAMPLES, '2023-11'), input, { recursive: true });
  write(input, ODD);
  const { runDir: closed } = await settle({ ...place, input });
  const disputing = { folder, place, by: '王莉' };
  const provisional = await packetsOf(closed, out, join(folder, 'provisional'));
  const { answer, ...refused } = DISPUTED.refused;
  const id = await disputed(provisional.get('agency-MCN-02'), refused, disputing);
  await answerDispute(id, { ...place, by: '王莉', refuse: true, text: answer }, SILENT);
  await disputed(provisional.get('agency-MCN-01'), DISPUTED.open, disputing);
  await closeAccepted(closed, { ...place, by: '王莉', acceptQuarantine: quarantineOf(closed) });
  const sealed = await packetsOf(closed, out, join(folder, 'sealed'));
  const { answer: why, row, ...asked } = DISPUTED.paid;
  const paid = await disputed(sealed.get('agency-MCN-02'), asked, disputing);
  const { runDir: restated } = await settle({ ...place, input: join(SAMPLES, '2023-11-late') });
  await answerDispute(paid, { ...place, by: '王莉', accept: true, run: restated, row: [row], text: why }, SILENT);
  const made = new Map([[closed, Promise.resolve(sealed)]]);
  return {
    folder,
    out,
    place,
    closed,
    restated,
    packets: (run) => {
      const known = made.get(run) ?? packetsOf(run, out, join(folder, `packets-${made.size}`));
      made.set(run, known);
      return known;
    },
    leave: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Takes a dispute in that somebody makes from a packet; gives its id. */
async function disputed(
  packet: string | undefined,
  asked: NewDispute,
  { folder, place, by }: { folder: string; place: PacketMonth['place']; by: string },
): Promise<string> {
  const file = join(folder, 'dispute.json');
  rmSync(file, { force: true });
  newDispute(packet as string, { ...asked, out: file }, 'en');
  const { answer } = await addDispute(file, { ...place, by }, SILENT);
  return (answer as { id: string }).id;
}

function quarantineOf(run: string): string {
  const { outputs } = JSON.parse(readFileSync(join(run, 'manifest.json'), 'utf8'));
  return outputs.find(({ file }: { file: string }) => file === 'quarantine.csv').sha256;
}

async function packetsOf(run: string, runs: string, out: string): Promise<Map<string, string>> {
  mkdirSync(out);
  await packet(run, { runs, all: true, out }, SILENT);
  return new Map(
    readdirSync(out).map((name) => [/_((?:agency|anchor)-.*)\.html$/.exec(name)?.[1] ?? name, join(out, name)]),
  );
}

export function dataIn(path: string): PacketData {
  return readPacket(readFileSync(path, 'utf8')).data;
}
