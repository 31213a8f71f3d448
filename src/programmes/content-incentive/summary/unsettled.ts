import { readable } from '../../../core/money.js';
import type { Warehouse } from '../../../engine/duckdb/warehouse.js';
import { printableLine } from '../../../text/terminal.js';
import { joined, type Wording } from '../../../words/said.js';
import { sayIncentive as say } from '../words/say.js';

/** Quarantined sessions of a run, and what they wait for. */
export interface Unsettled {
  /** Sessions that no other row settles, and their anchors, as far as either can be read; total lines and headers are none. */
  sessions: number;
  anchors: number;
  /** Rows whose session another row settles. */
  settled: number;
  /** What lacks, as finished lines: `levels without a rate: 1, 5`. */
  lacking: Wording[];
}

/** From `unsettled_session`, `session_fault` and `row_hint`, which the settlement has written. */
export async function readUnsettled(warehouse: Warehouse): Promise<Unsettled> {
  const { sessions, anchors, settled } = await warehouse.one(`SELECT
      count(DISTINCT coalesce(session_id, file_no || ' ' || line)) FILTER (settled_file IS NULL) AS sessions,
      count(DISTINCT anchor_id) FILTER (settled_file IS NULL) AS anchors, count(settled_file) AS settled
    FROM unsettled_session AS u ANTI JOIN row_hint AS h ON h.file_no = u.file_no AND h.line = u.line`);
  const lacking = [
    await lackingLine(warehouse, say('levels without a rate'), 'no_unit_price', 'quality_level'),
    await lackingLine(warehouse, say('tracks without an index'), 'no_scarcity_index', 'track'),
    await lackingLine(warehouse, say('anchors without a master row'), 'unknown_anchor', 'anchor_id', true),
  ];
  return {
    sessions: Number(sessions),
    anchors: Number(anchors),
    settled: Number(settled),
    lacking: lacking.filter((line) => line !== undefined),
  };
}

/** So many values are named. */
const MOST_VALUES = 10;

/** The values of a column that faults of a code wait for, smallest first, and before them how many where that is said. */
async function lackingLine(
  warehouse: Warehouse,
  what: Wording,
  code: string,
  column: 'quality_level' | 'track' | 'anchor_id',
  counted = false,
): Promise<Wording | undefined> {
  const values = await warehouse.rows(`SELECT DISTINCT u.${column} AS value FROM session_fault AS f
    JOIN unsettled_session AS u ON u.file_no = f.file_no AND u.line = f.line WHERE f.code = '${code}' ORDER BY value`);
  if (values.length === 0) return undefined;
  const named = values.slice(0, MOST_VALUES).map(({ value }) => printableLine(value ?? ''));
  const more = values.length - named.length;
  const list = more > 0 ? say('{named} and {more} more', { named, more: readable(String(more)) }) : joined(named);
  return counted
    ? say('{what}: {n} ({list})', { what, n: readable(String(values.length)), list })
    : say('{what}: {list}', { what, list });
}

/** What a line of the summary says beside the number of unsettled sessions. */
export function unsettledRemark({ anchors, settled, lacking }: Unsettled): Wording {
  const n = readable(String(anchors));
  const whose = anchors === 0 ? [] : [say(anchors === 1 ? 'of {n} anchor' : 'of {n} anchors', { n })];
  const elsewhere = settled === 0 ? [] : [say('{n} more settled by another row', { n: readable(String(settled)) })];
  const head = joined([...whose, ...elsewhere, say('see unsettled.csv')], '; ', '；');
  return joined([head, ...lacking], '\n', '\n');
}
