import { READER } from '../core/reading.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import { table, temporaryTable } from '../engine/table.js';
import type { Policy } from '../programmes/interface/policy.js';
import { KINDS, programmeFor } from '../programmes/registry.js';
import type { Lowered } from './notice.js';

/**
 * Writes what notices ask besides rows and the policy's own tables: the exports' columns, the words that policy and
 * contract name, what the settings say of codes, and the version of the reader.
 */
export async function writeNoticeTables(
  warehouse: Warehouse,
  policy: Policy,
  lowered: readonly Lowered[],
): Promise<void> {
  await writeExportColumns(warehouse);
  const tables = {
    ...programmeFor(policy).notices.tables(policy as never),
    setting_notice: table(
      { code: 'VARCHAR', severity: 'VARCHAR' },
      lowered.map(({ code, severity }) => ({ code, severity })),
    ),
    current_reader: table({ reader: 'INTEGER' }, [{ reader: READER }]),
  };
  for (const [name, content] of Object.entries(tables)) await warehouse.run(temporaryTable(name, content));
}

/** Writes the exports' columns, by both of their names, as `export_column`. */
export async function writeExportColumns(warehouse: Warehouse): Promise<void> {
  const rows = KINDS.flatMap((kind) =>
    kind.columns.map(({ name, chinese, required, absent }) => ({ kind: kind.name, name, chinese, required, absent })),
  );
  const columns = { kind: 'VARCHAR', name: 'VARCHAR', chinese: 'VARCHAR', required: 'BOOLEAN', absent: 'VARCHAR' };
  await warehouse.run(temporaryTable('export_column', table(columns, rows)));
}
