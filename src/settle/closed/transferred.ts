import { join } from 'node:path';
import type { Manifest } from '../../emit/manifest.js';
import type { Warehouse } from '../../engine/duckdb/warehouse.js';
import { fileOf } from '../../engine/run-table.js';
import type { Notice } from '../../notices/notice.js';

/**
 * Notices of the place but for those that the run answers: of an anchor that has another agency now than in a closed
 * period, where the run transfers it to that one.
 */
export async function notTransferred(
  warehouse: Warehouse,
  { runDir, manifest, scratch }: { runDir: string; manifest: Manifest; scratch: string },
  place: readonly Notice[],
): Promise<Notice[]> {
  const asks = place.some(({ code }) => code === 'agency_changed');
  if (!asks || manifest.restates?.transfer !== true) return [...place];
  const settled = fileOf(runDir, 'settlement.csv', join(scratch, 'transferred.csv'));
  const rows = await warehouse.rows(`SELECT anchor_id, coalesce(agency_id, '') AS agency FROM ${settled}`);
  const agencies = new Map(rows.map(({ anchor_id, agency }) => [anchor_id, agency]));
  return place.filter(({ code, subject, value }) => {
    const [, agency] = value.split(';');
    return code !== 'agency_changed' || agencies.get(subject) !== agency;
  });
}
