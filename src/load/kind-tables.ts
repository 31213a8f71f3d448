import type { Warehouse } from '../engine/duckdb/warehouse.js';
import { rowColumns } from '../exports/row-table.js';
import { KINDS } from '../programmes/registry.js';

/**
 * Makes the tables of kinds that programmes declare and the warehouse lacks, from the columns of each kind. In a warehouse
 * that is only read they are this connection's own: it holds no row of such a kind.
 */
export async function makeKindTables(warehouse: Warehouse, kept: 'stored' | 'temporary'): Promise<void> {
  const found = await warehouse.rows(
    "SELECT table_name FROM duckdb_tables() WHERE database_name IN (current_database(), 'temp')",
  );
  const there = new Set(found.map(({ table_name }) => table_name));
  for (const kind of KINDS.filter(({ table }) => !there.has(table))) {
    const made = kept === 'stored' ? `TABLE ${warehouse.stored(kind.table)}` : `TEMP TABLE ${kind.table}`;
    await warehouse.run(`CREATE ${made} (${rowColumns(kind).join(', ')})`);
  }
}
