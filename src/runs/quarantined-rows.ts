import { join } from 'node:path';
import { filesOf } from '../compare/side.js';
import type { Manifest } from '../emit/manifest.js';
import { literal, type Warehouse } from '../engine/duckdb/warehouse.js';
import type { Kind } from '../exports/column-types.js';
import type { QuarantinedRow } from '../notices/open.js';
import { KINDS } from '../programmes/registry.js';
import { bringBack } from '../rules/bring-back.js';

/** The quarantined rows of a run folder with what each holds, from the warehouse that the run was settled from. */
export async function quarantinedRows(
  warehouse: Warehouse,
  runDir: string,
  { inputs }: Manifest,
): Promise<QuarantinedRow[]> {
  if (inputs.every(({ quarantined }) => quarantined === 0)) return [];
  const numbers = await filesOf(warehouse, inputs);
  await bringBack(warehouse, `(SELECT file_no, kind FROM export_file WHERE file_no IN (${numbers.join(', ')}))`);
  const files = inputs.map(({ file, kind }, at) => `(${numbers[at]}, ${literal(file)}, ${literal(kind)})`);
  const cells = KINDS.filter(({ name }) => inputs.some(({ kind }) => kind === name)).map(cellsOf);
  const rows = await warehouse.rows(`WITH
    file(file_no, file, kind) AS (VALUES ${files.join(', ')}),
    told AS (SELECT f.file_no, f.file, f.kind, CAST(q.line AS BIGINT) AS line, q."column" AS column_name, q.code
      FROM read_csv(${literal(join(runDir, 'quarantine.csv'))}, header = true, auto_detect = false, delim = ',', quote = '"',
        escape = '"', force_not_null = ['file', 'line', 'column', 'code', 'value', 'message'], columns = {'file': 'VARCHAR', 'line': 'VARCHAR', 'column': 'VARCHAR', 'code': 'VARCHAR', 'value': 'VARCHAR', 'message': 'VARCHAR'}) AS q
      JOIN file AS f ON f.file = q.file),
    record AS (SELECT u.file_no, u.line, coalesce(record_hash(u.cells), fault_hash(x.faults)) AS record
      FROM unsound_row AS u JOIN (SELECT file_no, line, list_sort(list(concat_ws('=', column_name, code, cell))) AS faults
        FROM row_fault GROUP BY file_no, line) AS x ON x.file_no = u.file_no AND x.line = u.line
      WHERE (u.file_no, u.line) IN (SELECT (file_no, line) FROM told)
      UNION ALL ${cells.join(' UNION ALL ')})
    SELECT t.file, t.line, t.kind, t.code, t.column_name, r.record
    FROM told AS t JOIN record AS r ON r.file_no = t.file_no AND r.line = t.line
    ORDER BY t.file, t.line, t.column_name, t.code`);
  return rows.map(({ file, line, kind, code, column_name, record }) => ({
    ...{ file: file as string, line: Number(line), kind: kind as string, code: code as string },
    ...{ column: column_name as string, record: record as string },
  }));
}

/** SQL for the records of sound rows that a run left out all the same. */
function cellsOf({ table, columns }: Kind): string {
  const cells = columns.map(({ name }) => `{'name': '${name}', 'cell': CAST(${name} AS VARCHAR)}`).join(', ');
  return `SELECT file_no, line, record_hash(cells_given([${cells}])) AS record FROM ${table}
    WHERE (file_no, line) IN (SELECT (file_no, line) FROM told)`;
}
