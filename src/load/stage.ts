import { identifier, literal, type Warehouse } from '../warehouse.js';
import { type Header, trimCell } from './header.js';
import type { Column, Kind } from './kinds.js';
import type { Scan } from './scan.js';
import type { CsvRecord } from './strict-csv.js';

/** What became of a file's records: `rows` = sound + collapsed + unsound. */
export interface Staged {
  rows: number;
  unsound: number;
  collapsed: number;
}

/** The staging table: a file's records as trimmed text, NULL where blank, a column for each known column of its header. */
const RAW = 'raw_record';

/**
 * Reads a file that is proved simple (no quote, no empty line, one kind of line end) by DuckDB's own reader.
 * False where a line has more or fewer cells than the header, which the strict reader tells of. DuckDB skips a line
 * with fewer, and takes one with empty cells too many: so every line must have become a row, and the commas must
 * be as many as the rows need.
 */
export async function stageSimply(warehouse: Warehouse, path: string, header: Header, { lines, simple }: Scan): Promise<boolean> {
  if (simple === false || simple.commas !== (header.width - 1) * lines) return false;
  const names = Array.from({ length: header.width }, (_, at) => `'c${at}': 'VARCHAR'`).join(', ');
  const trimmed = (cell: string): string => (simple.padded ? `cell(${cell})` : cell);
  const picked = header.columns.map(({ column, at }) => `${trimmed(`c${at}`)} AS ${identifier(column.name)}`).join(', ');
  await warehouse.run(`CREATE OR REPLACE TEMP TABLE ${RAW} AS SELECT ${picked} FROM read_csv(${literal(path)}, columns = {${names}},
    auto_detect = false, header = true, delim = ',', quote = '', escape = '', ignore_errors = true,
    new_line = ${literal(simple.lineEnd === '\n' ? '\\n' : '\\r\\n')})`);
  const { rows, first, last } = await warehouse.one(`SELECT count(*) AS rows, coalesce(min(rowid), 0) AS first, coalesce(max(rowid), -1) AS last FROM ${RAW}`);
  if (Number(rows) !== lines - 1) return false;
  // Rows stand in the order of the file, numbered from wherever the transaction's own rows begin.
  if (BigInt(last as string) - BigInt(first as string) + 1n !== BigInt(rows as string)) throw new Error(`${path}: rows are not numbered without gaps`);
  await warehouse.run(`CREATE OR REPLACE TEMP VIEW numbered_record AS SELECT rowid - ${first} + 2 AS line, * FROM ${RAW}`);
  return true;
}

/** Takes records one by one; a record with more or fewer cells than the header is noted as ragged and left out. */
export async function stageStrictly(warehouse: Warehouse, fileNo: number, header: Header, records: AsyncIterable<CsvRecord>): Promise<number> {
  const columns = header.columns.map(({ column }) => `${identifier(column.name)} VARCHAR`).join(', ');
  await warehouse.run(`CREATE OR REPLACE TEMP TABLE ${RAW} (line BIGINT, ${columns})`);
  const ragged: number[] = [];
  let rows = 0;
  const appender = await warehouse.appender(RAW);
  for await (const { line, cells } of records) {
    rows += 1;
    if (cells.length !== header.width) {
      ragged.push(line);
      continue;
    }
    appender.appendBigInt(BigInt(line));
    for (const { at } of header.columns) {
      const cell = trimCell(cells[at] as string);
      if (cell === '') appender.appendNull();
      else appender.appendVarchar(cell);
    }
    appender.endRow();
  }
  appender.closeSync();
  for (let at = 0; at < ragged.length; at += 1000) {
    const lines = ragged.slice(at, at + 1000);
    await warehouse.run(`INSERT INTO unsound_row VALUES ${lines.map((line) => `(${fileNo}, ${line}, NULL)`).join(', ')};
      INSERT INTO row_fault VALUES ${lines.map((line) => `(${fileNo}, ${line}, NULL, 'ragged_row', NULL)`).join(', ')}`);
  }
  await warehouse.run(`CREATE OR REPLACE TEMP VIEW numbered_record AS SELECT * FROM ${RAW}`);
  return rows;
}

/** A Parquet file's columns as text; its number + 1 is a row's line. `text` gives SQL for a column's cell. */
export async function stageParquet(warehouse: Warehouse, path: string, header: Header, text: (at: number) => string): Promise<number> {
  const picked = header.columns.map(({ column, at }) => `cell(${text(at)}) AS ${identifier(column.name)}`).join(', ');
  await warehouse.run(`CREATE OR REPLACE TEMP TABLE ${RAW} AS SELECT file_row_number + 2 AS line, ${picked}
      FROM read_parquet(${literal(path)}, file_row_number = true);
    CREATE OR REPLACE TEMP VIEW numbered_record AS SELECT * FROM ${RAW}`);
  return warehouse.count(`SELECT count(*) FROM ${RAW}`);
}

/** From staged text to typed rows, and to a fault for everything that isn't sound. */
export async function readStaged(warehouse: Warehouse, fileNo: number, kind: Kind, header: Header): Promise<void> {
  const present = new Set(header.columns.map(({ column }) => column));
  const cells = kind.columns.map((column) => `${present.has(column) ? identifier(column.name) : 'CAST(NULL AS VARCHAR)'} AS ${column.name}`);
  await warehouse.run(`CREATE OR REPLACE TEMP VIEW record_cell AS SELECT line, ${cells.join(', ')} FROM numbered_record`);

  const sound = [...kind.columns.map(soundness), ...kind.checks.map((check) => check.sound)].join(' AND ');
  const values = kind.columns.map((column) => `${column.read} AS ${column.name}`).join(', ');
  const before = await warehouse.count(`SELECT count(*) FROM ${kind.table}`);
  await warehouse.run(`INSERT INTO ${kind.table} SELECT ${fileNo}, line, ${values} FROM record_cell WHERE ${sound}`);
  const taken = (await warehouse.count(`SELECT count(*) FROM ${kind.table}`)) - before;
  if (taken < (await warehouse.count('SELECT count(*) FROM numbered_record'))) await noteFaults(warehouse, fileNo, kind, sound);
  await settleDuplicates(warehouse, fileNo, kind);
}

function soundness({ name, required, sound }: Column): string {
  return required ? `${name} IS NOT NULL AND ${sound}` : `(${name} IS NULL OR (${sound}))`;
}

/** Every fault of every unsound row, and a session's end where it can be read. */
async function noteFaults(warehouse: Warehouse, fileNo: number, kind: Kind, sound: string): Promise<void> {
  const fault = (column: string, code: string) => `{'column_name': '${column}', 'code': ${code}, 'cell': ${column}}`;
  const faults = [
    ...kind.columns.filter(({ required }) => required).map(({ name }) => fault(name, `CASE WHEN ${name} IS NULL THEN 'missing' END`)),
    ...kind.columns.flatMap((column) => column.faults.map((code) => fault(column.name, code))),
    ...kind.checks.map((check) => fault(check.column, check.fault)),
  ];
  const end = kind.name === 'sessions' ? 'read_time(ended_at)' : 'NULL';
  await warehouse.run(`INSERT INTO unsound_row SELECT ${fileNo}, line, ${end} FROM record_cell WHERE NOT coalesce(${sound}, false);
    INSERT INTO row_fault SELECT ${fileNo}, line, found.column_name, found.code, left(found.cell, 80) FROM (
      SELECT line, unnest([${faults.join(', ')}]) AS found FROM record_cell WHERE NOT coalesce(${sound}, false)) WHERE found.code IS NOT NULL`);
  const [silent] = await warehouse.rows(`SELECT line FROM unsound_row AS u WHERE file_no = ${fileNo}
    AND NOT EXISTS (SELECT 1 FROM row_fault AS f WHERE f.file_no = u.file_no AND f.line = u.line) LIMIT 1`);
  if (silent !== undefined) throw new Error(`line ${silent.line} isn't sound, but no fault of it is known`);
}

/** Within one file: the same row again is one row and counted; rows of one key that differ all go. */
async function settleDuplicates(warehouse: Warehouse, fileNo: number, kind: Kind): Promise<void> {
  const key = kind.key.join(', ');
  const whole = `ROW(${kind.columns.map(({ name }) => name).join(', ')})`;
  const end = kind.name === 'sessions' ? 'ended_at' : 'NULL';
  await warehouse.run(`CREATE OR REPLACE TEMP TABLE repeated_key AS SELECT ${key}, min(line) AS first_line, count(DISTINCT ${whole}) > 1 AS conflicting
    FROM ${kind.table} WHERE file_no = ${fileNo} AND hash(${key}) IN (
      SELECT h FROM (SELECT hash(${key}) AS h FROM ${kind.table} WHERE file_no = ${fileNo}) GROUP BY h HAVING count(*) > 1)
    GROUP BY ${key} HAVING count(*) > 1`);
  if ((await warehouse.count('SELECT count(*) FROM repeated_key')) === 0) return;
  await warehouse.run(`CREATE OR REPLACE TEMP TABLE dropped_row AS SELECT line, ${end} AS session_ended_at, conflicting, ${kind.key[0]} AS cell
      FROM ${kind.table} JOIN repeated_key USING (${key}) WHERE file_no = ${fileNo} AND (conflicting OR line > first_line);
    INSERT INTO unsound_row SELECT ${fileNo}, line, session_ended_at FROM dropped_row WHERE conflicting;
    INSERT INTO row_fault SELECT ${fileNo}, line, '${kind.key[0]}', 'conflicting_duplicate', left(cell, 80) FROM dropped_row WHERE conflicting;
    INSERT INTO collapsed_row SELECT ${fileNo}, line, session_ended_at FROM dropped_row WHERE NOT conflicting;
    DELETE FROM ${kind.table} WHERE file_no = ${fileNo} AND line IN (SELECT line FROM dropped_row)`);
}
