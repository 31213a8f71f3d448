import { identifier, literal, type Warehouse } from '../../src/engine/duckdb/warehouse.js';
import type { Kind } from '../../src/exports/column-types.js';

/** A warehouse in which a later load brings one row again, with another value in one of its cells. */

/** A row as it stands, and what its cell is then. */
export interface ChangedCell {
  row: Record<string, string | null>;
  value: string | null;
}

/** Every value that a cell of the column could hold instead: those of other rows, the contract's words, and one beside its own. */
export async function changesOf(warehouse: Warehouse, kind: Kind, column: string): Promise<ChangedCell[]> {
  const { words } = kind.columns.find(({ name }) => name === column) as Kind['columns'][number];
  const name = identifier(column);
  const rows = await warehouse.rows(`SELECT * FROM ${kind.table} ORDER BY ALL`);
  const type = (
    await warehouse.one(
      `SELECT data_type FROM duckdb_columns() WHERE table_name = '${kind.table}' AND column_name = '${column}'`,
    )
  ).data_type as string;
  const beside: Record<string, string> = { TIMESTAMP: "INTERVAL '31' MINUTE", DATE: '1' };
  const near = /^(BIGINT|TINYINT|DECIMAL.*)$/.test(type) ? `${name} + 1` : beside[type] && `${name} + ${beside[type]}`;
  const values = await warehouse.rows(`SELECT DISTINCT CAST(${name} AS VARCHAR) AS value FROM ${kind.table}
    ${near === undefined ? '' : `UNION SELECT CAST(${near} AS VARCHAR) FROM ${kind.table}`}
    ${type === 'VARCHAR' ? "UNION SELECT 'another'" : ''}
    ${type === 'BOOLEAN' ? "UNION SELECT 'true' UNION SELECT 'false'" : ''}
    ${isOptional(kind, column) ? 'UNION SELECT NULL' : ''} ORDER BY value NULLS LAST`);
  const all = [...values.map(({ value }) => value ?? null), ...Object.keys(words ?? {})];
  return rows.flatMap((row) =>
    [...new Set(all)]
      .filter((value) => value !== (row[column] ?? null))
      .map((value) => ({ row: row as ChangedCell['row'], value })),
  );
}

/** Whether the table takes none of it. */
function isOptional({ columns }: Kind, column: string): boolean {
  const { required, read } = columns.find(({ name }) => name === column) as Kind['columns'][number];
  return !required && !read.startsWith('coalesce(');
}

/** Loads the row again as it is then, alone in a file of its kind. */
export async function bringAgain(
  warehouse: Warehouse,
  kind: Kind,
  column: string,
  { row, value }: ChangedCell,
): Promise<void> {
  const names = Object.keys(row).filter((name) => name !== 'file_no' && name !== 'line');
  const cells = names.map((name) => literal(name === column ? value : (row[name] ?? null)));
  await warehouse.run(`INSERT INTO load (load_no, loaded_at) VALUES (2, TIMESTAMP '2023-12-02 00:00:00');
    INSERT INTO export_file BY NAME SELECT e.* REPLACE (f.n AS file_no, 2 AS load_no, 'again.csv' AS file, '0' AS sha256, 1 AS rows)
      FROM export_file AS e CROSS JOIN (SELECT max(file_no) + 1 AS n FROM export_file) AS f WHERE e.kind = '${kind.name}' LIMIT 1;
    INSERT INTO ${kind.table} (file_no, line, ${names.map(identifier).join(', ')})
      SELECT max(file_no), 2, ${cells.join(', ')} FROM export_file`);
}
