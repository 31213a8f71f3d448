import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import { fileOf } from '../engine/run-table.js';

/**
 * Whose agencies stand in a closed period (contract, "Payee"): the folders of the closed revisions, the last first. An
 * anchor keeps the agency that it has in the first of them that holds it; one that none holds has its latest.
 */
export interface Pinned {
  revisions: readonly string[];
  /** A folder of the command's own, for copies that the database reads; not needed where nothing is pinned. */
  scratch: string;
}

/** Of a period that was never closed, and of a run that transfers: every anchor has its latest agency. */
export const NOTHING_PINNED: Pinned = { revisions: [], scratch: '' };

/** Makes `pinned_agency` (anchor_id, agency_id): null is an independent anchor. */
export async function writePinned(warehouse: Warehouse, { revisions, scratch }: Pinned): Promise<void> {
  await warehouse.run('CREATE OR REPLACE TEMP TABLE pinned_agency (anchor_id VARCHAR, agency_id VARCHAR)');
  for (const revision of revisions) {
    // Named by what it is a copy of: what a path has held the database may remember.
    const copy = `pinned-${createHash('sha256').update(revision).digest('hex')}.csv`;
    const settled = fileOf(revision, 'settlement.csv', join(scratch, copy));
    await warehouse.run(`INSERT INTO pinned_agency (anchor_id, agency_id) SELECT s.anchor_id, nullif(s.agency_id, '') FROM ${settled} AS s
      WHERE s.anchor_id NOT IN (SELECT p.anchor_id FROM pinned_agency AS p)`);
  }
}
