import { cellsOfRecord } from '../packet/facts.js';
import { type PacketData, RUN_FACTS } from '../packet/packet-data.js';
import { DISPUTE_FORMAT, type Dispute, wrongInDispute } from './dispute.js';

/** What a packet's reader says against it; blank is as good as nothing. */
export interface Disputed {
  session?: string | undefined;
  anchor?: string | undefined;
  date?: string | undefined;
  claim: string;
  evidence?: string | undefined;
  contact: string;
}

/** Why it is no dispute: `which` row is not said, `session`: the packet lacks it, `row`: it isn't that anchor's; or a key of the dispute. */
export interface NoDispute {
  wrong: string;
}

/** The dispute that a reader means, of rows that the packet has. */
export function disputeOf(
  data: PacketData,
  { session, anchor, date, claim, evidence, contact }: Disputed,
): Dispute | NoDispute {
  const [session_id, day] = [session || null, date || null];
  if ((session_id === null) === (day === null)) return { wrong: 'which' };
  const own = session_id === null ? undefined : anchorOf(data, session_id);
  const anchor_id = anchor || own;
  if (anchor_id === undefined) return { wrong: session_id === null ? 'which' : 'session' };
  const isKnown = anchor_id !== '' && data.groups.some((group) => group.anchor === anchor_id);
  if (!isKnown || (own !== undefined && own !== anchor_id)) return { wrong: 'row' };
  const facts = data.shared.files.find(({ file }) => file === RUN_FACTS)?.records ?? [];
  const dispute: Dispute = {
    format: DISPUTE_FORMAT,
    unit: data.unit,
    run_id: facts.find((record) => record.startsWith('run_id,'))?.slice('run_id,'.length) ?? '',
    root: data.close?.root ?? null,
    ...{ anchor_id, session_id, date: day, claim, evidence: evidence ?? '', contact },
  };
  const wrong = wrongInDispute(dispute);
  return wrong === undefined ? dispute : { wrong };
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
