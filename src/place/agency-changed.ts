import { dirname, join } from 'node:path';
import { type FoundClose, lastRevisions } from '../close/close-file.js';
import { fileOf } from '../compare/amounts.js';
import type { Notice } from '../notices/notice.js';
import { literal, type Warehouse } from '../warehouse.js';

/**
 * Anchors of closed periods that have another agency now: of each period the last revision's settlement.csv is held
 * against the anchors that stand. `scratch` is a folder of the command's own.
 */
export async function agenciesChanged(
  warehouse: Warehouse,
  closes: readonly FoundClose[],
  scratch: string,
): Promise<Notice[]> {
  const closed = lastRevisions(closes).map(({ path, close: { period } }, at) => {
    const file = fileOf(dirname(path), 'settlement.csv', join(scratch, `closed-${at}.csv`));
    return `SELECT anchor_id, coalesce(agency_id, '') AS agency, ${literal(`${period.from} to ${period.to}`)} AS days FROM ${file}`;
  });
  if (closed.length === 0) return [];
  const rows = await warehouse.rows(`WITH
    closed AS (${closed.join(' UNION ALL ')}),
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
    message: `${anchor_id} has ${named(now)} now and had ${named(old)} in ${when}: what was paid there stays with ${named(old)}. Correct the anchors export, or settle it between the two.`,
  };
}
