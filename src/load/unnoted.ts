import type { Warehouse } from '../engine/duckdb/warehouse.js';
import { KINDS } from '../programmes/registry.js';

/** Takes away rows of files that no load has noted: what a killed or refused load had stored. */
export async function discardUnnoted(warehouse: Warehouse): Promise<void> {
  const last = await warehouse.count('SELECT coalesce(max(file_no), 0) FROM export_file');
  for (const table of [...KINDS.map((kind) => kind.table), 'unsound_row', 'row_fault', 'collapsed_row', 'file_seen'])
    await warehouse.run(`DELETE FROM ${warehouse.stored(table)} WHERE file_no > ${last}`);
}
