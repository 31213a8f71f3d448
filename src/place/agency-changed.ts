import { dirname, join } from 'node:path';
import { type FoundClose, lastRevisions, revisionsUpTo } from '../close/close-file.js';
import { literal, type Warehouse } from '../engine/duckdb/warehouse.js';
import { fileOf } from '../engine/run-table.js';
import type { Notice } from '../notices/notice.js';

/**
 * Anchors of closed periods that have another agency now: of each period the agency that the anchor has in the last
 * revision that holds it, which is the one that it is paid through, is held against the anchors that stand. `scratch` is a
 * folder of the command's own.
 */
export async function agenciesChanged(
  warehouse: Warehouse,
  closes: readonly FoundClose[],
  scratch: string,
): Promise<Notice[]> {
  const revisions = lastRevisions(closes).flatMap((last, period) =>
    revisionsUpTo(last, closes).map((found) => ({ ...found, number: period })),
  );
  const closed = revisions.map(({ path, close: { period, revision, close_no }, number }) => {
    const file = fileOf(dirname(path), 'settlement.csv', join(scratch, `closed-${close_no}-${number}-${revision}.csv`));
    return `SELECT ${number} AS period, ${revision} AS revision, anchor_id, coalesce(agency_id, '') AS agency,
      ${literal(`${period.from} to ${period.to}`)} AS days FROM ${file}`;
  });
  if (closed.length === 0) return [];
  const rows = await warehouse.rows(`WITH
    revision AS (${closed.join(' UNION ALL ')}),
    closed AS (
      SELECT * FROM revision
      QUALIFY row_number() OVER (PARTITION BY period, anchor_id ORDER BY revision DESC) = 1),
    standing AS (
      SELECT a.anchor_id, coalesce(a.agency_id, '') AS agency
      FROM anchor_row AS a JOIN export_file AS f ON f.file_no = a.file_no
      WHERE f.replaced_by_load IS NULL
      QUALIFY row_number() OVER (PARTITION BY a.anchor_id ORDER BY a.file_no DESC) = 1)
    SELECT c.anchor_id, c.agency AS old, s.agency AS new, count(*) AS periods, max(c.days) AS days
    FROM closed AS c JOIN standing AS s ON s.anchor_id = c.anchor_id
    WHERE s.agency <> c.agency
    GROUP BY c.anchor_id, c.agency, s.agency ORDER BY c.anchor_id, c.agency`);
  return rows.map((row) => noticeOf(row as Record<string, string>));
}

function noticeOf({ anchor_id = '', old = '', new: now = '', periods, days }: Record<string, string>): Notice {
  const named = (agency: string): string => (agency === '' ? 'no agency' : agency);
  const when = periods === '1' ? `the closed period ${days}` : `${periods} closed periods, the last ${days}`;
  return {
    code: 'agency_changed',
    severity: 'attention',
    file: '',
    subject: anchor_id,
    count: null,
    value: `${old};${now}`,
    message: `${anchor_id} has ${named(now)} now and had ${named(old)} in ${when}: what was paid stays with ${named(old)}, and so does what comes late. To pay ${named(now)} instead, run that period again with --transfer (settle run --transfer) and close that run; or correct the anchors export.`,
  };
}
