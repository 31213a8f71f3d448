import type { Warehouse } from '../../engine/duckdb/warehouse.js';
import { type Column, type Kind, sameKey } from '../../exports/column-types.js';
import { type Batch, rowsOfBatch } from './batch.js';
import { minutesOnly } from './seen.js';

/** From staged text to typed rows, and to a fault for everything that isn't sound. */
export async function readStaged(warehouse: Warehouse, files: Batch): Promise<void> {
  const [{ file, header }] = files;
  const { kind } = file;
  const present = new Set(header.columns.map(({ column }) => column));
  const absent = kind.columns
    .filter((column) => !present.has(column))
    .flatMap(({ name, early }) => (early === undefined ? [name] : [name, `${name}_read`]))
    .map((name) => `, CAST(NULL AS ${name.endsWith('_read') ? 'TIMESTAMP' : 'VARCHAR'}) AS ${name}`);
  await warehouse.run(`CREATE OR REPLACE TEMP VIEW record_cell AS SELECT *${absent.join('')} FROM numbered_record;
    INSERT INTO ${kind.table} BY NAME SELECT file_no, line, ${readValues(kind)} FROM record_cell WHERE ${soundRow(kind)}`);
  if (kind.name === 'sessions') await noteMinutes(warehouse);
  await warehouse.run(
    `CREATE OR REPLACE TEMP TABLE unsound_cell AS SELECT * FROM record_cell WHERE NOT coalesce(${soundRow(kind)}, false)`,
  );
  if ((await warehouse.count('SELECT count(*) FROM unsound_cell')) > 0)
    await noteFaults(warehouse, kind, rowsOfBatch(files), files[0].workbook === undefined);
  await warehouse.run('DROP TABLE unsound_cell');
}

/** Notes how many times of sessions say no seconds, by file. */
async function noteMinutes(warehouse: Warehouse): Promise<void> {
  await warehouse.run(`INSERT INTO file_seen (file_no, what, cells)
    SELECT file_no, 'minutes_only', sum(${minutesOnly()}) FROM record_cell GROUP BY file_no HAVING sum(${minutesOnly()}) > 0`);
}

/** SQL for a row's values by name, from its cells. */
export function readValues(kind: Kind): string {
  return kind.columns.map((column) => `${column.read} AS ${column.name}`).join(', ');
}

/** SQL that is true of a sound row's cells. */
function soundRow(kind: Kind): string {
  return [...kind.columns.map(soundness), ...kind.checks.map((check) => check.sound)].join(' AND ');
}

function soundness({ name, required, sound }: Column): string {
  return required ? `${name} IS NOT NULL AND ${sound}` : `(${name} IS NULL OR (${sound}))`;
}

/** Every fault of every row of `unsound_cell`, and a session's end where it can be read. */
async function noteFaults(warehouse: Warehouse, kind: Kind, theirs: string, isPlain: boolean): Promise<void> {
  const shown = kind.secret ? unseen : (column: string): string => (isPlain ? column : `unmarked(${column})`);
  const fault = (column: string, code: string): string =>
    `{'column_name': '${column}', 'code': ${code}, 'cell': ${shown(column)}}`;
  const faults = [
    ...kind.columns
      .filter(({ required }) => required)
      .map(({ name }) => fault(name, `CASE WHEN ${name} IS NULL THEN 'missing' END`)),
    ...kind.columns.flatMap((column) => column.faults.map((code) => fault(column.name, code))),
    ...kind.checks.map((check) => fault(check.column, check.fault)),
  ];
  const end = kind.name === 'sessions' ? 'ended_at_read' : 'NULL';
  await warehouse.run(`INSERT INTO unsound_row (file_no, line, session_ended_at, cells)
      SELECT file_no, line, ${end}, ${cellsGiven(kind, shown)} FROM unsound_cell;
    INSERT INTO row_fault (file_no, line, column_name, code, cell) SELECT file_no, line, found.column_name, found.code, left(found.cell, 80)
      FROM (SELECT file_no, line, unnest([${faults.join(', ')}]) AS found FROM unsound_cell) WHERE found.code IS NOT NULL`);
  const [silent] = await warehouse.rows(`SELECT line FROM unsound_row AS u WHERE ${theirs}
    AND NOT EXISTS (SELECT 1 FROM row_fault AS f WHERE f.file_no = u.file_no AND f.line = u.line) LIMIT 1`);
  if (silent !== undefined) throw new Error(`line ${silent.line} isn't sound, but no fault of it is known`);
}

/** SQL in the place of a cell that is shown to nobody. */
export function unseen(): string {
  return 'CAST(NULL AS VARCHAR)';
}

/** SQL for the cells of a record that aren't blank, by column; of a kind whose cells are shown to nobody, none. */
function cellsGiven(
  { columns, secret }: Kind,
  shown = secret ? unseen : (column: string): string => `CAST(${column} AS VARCHAR)`,
): string {
  return `cells_given([${columns.map(({ name }) => `{'name': '${name}', 'cell': ${shown(name)}}`).join(', ')}])`;
}

/** Within one file: the same row again is one row and counted; rows of one key that differ all go. */
export async function settleDuplicates(warehouse: Warehouse, files: Batch): Promise<void> {
  const { kind } = files[0].file;
  const theirs = rowsOfBatch(files);
  const key = ['file_no', ...kind.key].join(', ');
  const renamed = ['file_no', ...kind.key].map((name) => `${name} AS key_${name}`).join(', ');
  const whole = `ROW(${kind.columns.map(({ name }) => name).join(', ')})`;
  const end = kind.name === 'sessions' ? 'ended_at' : 'NULL';
  // Few keys repeat, so they are found by a hash of 8 bytes first and looked at exactly after.
  await warehouse.run(`CREATE OR REPLACE TEMP TABLE repeated_key AS SELECT ${key}, min(line) AS first_line, count(DISTINCT ${whole}) > 1 AS conflicting
    FROM ${kind.table} WHERE ${theirs} AND hash(${key}) IN (
      SELECT h FROM (SELECT hash(${key}) AS h FROM ${kind.table} WHERE ${theirs}) GROUP BY h HAVING count(*) > 1)
    GROUP BY ${key} HAVING count(*) > 1`);
  if ((await warehouse.count('SELECT count(*) FROM repeated_key')) === 0) return;
  await warehouse.run(`CREATE OR REPLACE TEMP TABLE dropped_row AS
      SELECT file_no, line, ${end} AS session_ended_at, conflicting, ${kind.secret ? unseen() : kind.key[0]} AS cell, ${cellsGiven(kind)} AS cells
      FROM ${kind.table} AS r JOIN (SELECT first_line, conflicting, ${renamed} FROM repeated_key) AS k
        ON k.key_file_no = r.file_no AND ${sameKey(kind, 'k.key_', 'r.')} WHERE ${theirs} AND (conflicting OR line > first_line);
    INSERT INTO unsound_row (file_no, line, session_ended_at, cells)
      SELECT file_no, line, session_ended_at, cells FROM dropped_row WHERE conflicting;
    INSERT INTO row_fault (file_no, line, column_name, code, cell)
      SELECT file_no, line, '${kind.key[0]}', 'conflicting_duplicate', left(cell, 80) FROM dropped_row WHERE conflicting;
    INSERT INTO collapsed_row (file_no, line, session_ended_at) SELECT file_no, line, session_ended_at FROM dropped_row WHERE NOT conflicting;
    DELETE FROM ${kind.table} WHERE ${theirs} AND (file_no, line) IN (SELECT (file_no, line) FROM dropped_row)`);
}
