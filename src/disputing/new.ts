import { readFileSync, statSync } from 'node:fs';
import { SettleError } from '../core/errors.js';
import { writeNewFile } from '../disk/new-file.js';
import { printableLine } from '../text/terminal.js';
import {
  DISPUTE_FORMAT,
  type Dispute,
  disputeId,
  disputeText,
  LONGEST_CLAIM,
  wrongInDispute,
} from '../verify/packet/dispute.js';
import { cellsOfRecord } from '../verify/packet/facts.js';
import { type PacketData, RUN_FACTS } from '../verify/packet/packet-data.js';
import { NoPacket, readPacket } from '../verify/packet/read-packet.js';
import type { Language } from '../words/said.js';
import { say, tellIn } from '../words/say.js';

export interface NewDispute {
  session?: string | undefined;
  anchor?: string | undefined;
  date?: string | undefined;
  claim: string;
  evidence?: string | undefined;
  contact: string;
  /** The file to write. */
  out?: string | undefined;
}

/** `settle dispute new PACKET`: writes what the packet's reader disputes into a small new file, without a warehouse. */
export function newDispute(
  packet: string,
  asked: NewDispute,
  language: Language | undefined,
): { answer: object; text: () => string } {
  const data = packetIn(packet);
  const dispute = disputeOf(data, asked);
  refuseWrong(dispute);
  const path = asked.out ?? `dispute-${disputeId(dispute)}.json`;
  writeNewFile(path, disputeText(dispute));
  const tell = tellIn(language);
  return {
    answer: { ...dispute, id: disputeId(dispute), file: path },
    text: () => `${tell('{path}: send it to whoever gave you the packet.', { path: printableLine(path) })}\n`,
  };
}

function packetIn(path: string): PacketData {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    throw new SettleError('usage', say('there is no packet {path}', { path }), {
      file: path,
      mend: say('Give the file of a packet, as settle packet wrote it.'),
    });
  try {
    return readPacket(readFileSync(path, 'utf8')).data;
  } catch (error) {
    if (!(error instanceof NoPacket)) throw error;
    throw new SettleError('input', say('{path} is no packet that can be read', { path }), {
      file: path,
      mend: say('To see what is wrong: settle verify {path}', { path }),
    });
  }
}

function disputeOf(data: PacketData, { session, anchor, date, claim, evidence, contact }: NewDispute): Dispute {
  if ((session === undefined) === (date === undefined))
    throw new SettleError('usage', say('a dispute is of one session, or of one day of an anchor'), {
      mend: say('Give --session ID, or --anchor ID with --date DATE.'),
    });
  const facts = data.shared.files.find(({ file }) => file === RUN_FACTS)?.records ?? [];
  const own = session === undefined ? undefined : anchorOf(data, session);
  const known = data.groups.map((group) => group.anchor).filter((id) => id !== '');
  const anchor_id = anchor ?? own;
  if (anchor_id === undefined)
    throw new SettleError('usage', say('the packet has no session {session}', { session: session ?? '' }), {
      mend: say('Give the anchor who streamed it too, with --anchor ID.'),
    });
  if (!known.includes(anchor_id) || (own !== undefined && own !== anchor_id))
    throw new SettleError('usage', say('the packet has no such row of anchor {anchor}', { anchor: anchor_id }), {
      mend: say('Give ids as the packet writes them.'),
    });
  return {
    format: DISPUTE_FORMAT,
    unit: data.unit,
    run_id: facts.find((record) => record.startsWith('run_id,'))?.slice('run_id,'.length) ?? '',
    root: data.close?.root ?? null,
    anchor_id,
    session_id: session ?? null,
    date: date ?? null,
    claim,
    evidence: evidence ?? '',
    contact,
  };
}

/** Whose the session is, by any file of the packet that has its id. */
function anchorOf({ groups, shared }: PacketData, session: string): string | undefined {
  const places = new Map(
    shared.files.map(({ file, records }) => [file, cellsOfRecord(records[0] ?? '').indexOf('session_id')]),
  );
  const found = groups.find(({ files }) =>
    files.some(({ file, records }) => {
      const place = places.get(file) ?? -1;
      return (
        place >= 0 && records.some((record) => record.includes(session) && cellsOfRecord(record)[place] === session)
      );
    }),
  );
  return found?.anchor === '' ? undefined : found?.anchor;
}

function refuseWrong(dispute: Dispute): void {
  const key = wrongInDispute(dispute);
  if (key === undefined) return;
  throw new SettleError('usage', say('{key} of the dispute is missing or of another form', { key }), {
    key,
    mend: say(
      'A claim has at most {LONGEST_CLAIM} characters, on one line or more, and says something; ids and dates are as in the packet.',
      {
        LONGEST_CLAIM,
      },
    ),
  });
}
