import { type Acceptance, type AcceptedNotice, type AcceptedRow, noticeKey, rowKey } from './accepted.js';
import type { Notice } from './notice.js';

/** A fault of a quarantined row: where it stands, and what it is accepted by. */
export interface QuarantinedRow extends AcceptedRow {
  file: string;
  line: number;
}

/** What is told of a run, or of the place: as far as nobody has accepted it, somebody is asked. */
export interface Told {
  notices: readonly Notice[];
  rows: readonly QuarantinedRow[];
}

/** The attention notices and quarantined rows that nobody has accepted yet. */
export function openOf({ notices, rows }: Told, accepted: readonly Acceptance[]): Told {
  const held = new Set(accepted.flatMap((each) => each.rows.map(rowKey)));
  const most = mostAccepted(accepted);
  return {
    notices: notices.filter(({ severity }) => severity === 'attention').filter((notice) => !isAccepted(notice, most)),
    rows: rows.filter((row) => !held.has(rowKey(row))),
  };
}

/** By notice, without its count: the largest count that was accepted; null where there is none to count. */
function mostAccepted(accepted: readonly Acceptance[]): Map<string, number | null> {
  const most = new Map<string, number | null>();
  for (const notice of accepted.flatMap(({ notices }) => notices)) {
    const key = noticeKey({ ...notice, count: null });
    const before = most.get(key);
    most.set(key, notice.count === null ? (before ?? null) : Math.max(notice.count, before ?? 0));
  }
  return most;
}

function isAccepted(notice: AcceptedNotice, most: ReadonlyMap<string, number | null>): boolean {
  const count = most.get(noticeKey({ ...notice, count: null }));
  return count !== undefined && (notice.count ?? 0) <= (count ?? 0);
}
