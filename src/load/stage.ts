import { identifier, literal, type Warehouse } from '../warehouse.js';
import type { Examined } from './examine.js';
import { trimCell } from './header.js';
import type { Column } from './kinds.js';
import { orUnreadable } from './parquet.js';
import type { CsvRecord } from './strict-csv.js';

/** A file with the number under which the warehouse will know it. */
export interface Numbered extends Examined {
  fileNo: number;
}

/**
 * The staging table: records as trimmed text, NULL where blank, a column for each known column of the header.
 * The view `numbered_record` adds to each the number of its file and the line on which it starts.
 */
const RAW = 'raw_record';

/** Whether every line is one record with as many cells as the header, by the count of commas. */
export function isSimple({ header, scan }: Examined): boolean {
  return scan?.simple?.commas === (header.width - 1) * (scan?.lines ?? 0);
}

/** Files of one layout, numbered in a row. */
export type Batch = readonly [Numbered, ...Numbered[]];

/**
 * Reads files that are proved simple (no quote, no empty line, one kind of line end) by DuckDB's own reader. False where
 * a line has more or fewer cells than the header, which the strict reader tells of.
 */
export async function stageSimply(warehouse: Warehouse, files: Batch): Promise<boolean> {
  if (!files.every(isSimple)) return false;
  const [{ header, fileNo }] = files;
  const staged = header.columns.map(({ column }) => textAndEarly(column, column.name)).join(', ');
  await warehouse.run(`CREATE OR REPLACE TEMP TABLE ${RAW} AS SELECT file_index, ${staged} FROM ${simpleCells(files)}`);
  const line = await lineOf(warehouse, RAW, files);
  if (line === undefined) return false;
  await warehouse.run(`CREATE OR REPLACE TEMP VIEW numbered_record AS SELECT CAST(${fileNo} + file_index AS INTEGER) AS file_no,
    ${line} AS line, * EXCLUDE (file_index) FROM ${RAW}`);
  return true;
}

/** SQL for the trimmed cells of simple files: a column for each known column of their header, and `file_index` from 0. */
export function simpleCells(files: Batch): string {
  const [{ header, scan }] = files;
  const padded = files.some((file) => file.scan?.simple?.padded);
  const names = Array.from({ length: header.width }, (_, at) => `'c${at}': 'VARCHAR'`).join(', ');
  const picked = header.columns.map(({ column, at }) => `${padded ? `cell(c${at})` : `c${at}`} AS ${column.name}`);
  const paths = files.map(({ path }) => literal(path)).join(', ');
  return `(SELECT CAST(file_index AS SMALLINT) AS file_index, ${picked.join(', ')}
    FROM read_csv([${paths}], columns = {${names}}, auto_detect = false, header = true, delim = ',', quote = '', escape = '',
      ignore_errors = true, new_line = ${literal(scan?.simple?.lineEnd === '\r\n' ? '\\r\\n' : '\\n')}))`;
}

/**
 * SQL for the line of a row in a table that was made from `simpleCells`, or undefined where a line of the files became
 * no row. DuckDB skips a line with too few cells, and takes one with empty cells too many; the latter `isSimple` has
 * ruled out by the count of commas, so that as many rows as lines prove each line to be one row.
 */
export async function lineOf(warehouse: Warehouse, table: string, files: Batch): Promise<string | undefined> {
  const offsets: number[] = [];
  let total = 0;
  for (const { scan } of files) {
    offsets.push(total);
    total += (scan?.lines ?? 1) - 1;
  }
  if ((await warehouse.count(`SELECT count(*) FROM ${table}`)) !== total) return undefined;
  const first = await firstRowid(warehouse, table, total);
  return `(rowid - ${first} - [${offsets.join(', ')}][file_index + 1] + 2)`;
}

/** Rows stand in the order of the files, numbered from wherever the transaction's own rows begin. */
async function firstRowid(warehouse: Warehouse, table: string, rows: number): Promise<string> {
  const { first, last } = await warehouse.one(
    `SELECT coalesce(min(rowid), 0) AS first, coalesce(max(rowid), -1) AS last FROM ${table}`,
  );
  if (BigInt(last as string) - BigInt(first as string) + 1n !== BigInt(rows))
    throw new Error('staged rows are not numbered without gaps');
  return first as string;
}

/** A column of the staging table, and behind it what is read early of it. */
function textAndEarly({ name, early }: Column, cell: string): string {
  const text = `${cell} AS ${name}`;
  return early === undefined ? text : `${text}, ${early(cell)} AS ${name}_read`;
}

/** Takes records one by one; a record with more or fewer cells than the header is noted as ragged and left out. Gives their number. */
export async function stageStrictly(
  warehouse: Warehouse,
  { fileNo, header }: Numbered,
  records: AsyncIterable<CsvRecord>,
): Promise<number> {
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
  await noteRagged(warehouse, fileNo, ragged);
  const early = header.columns
    .flatMap(({ column }) =>
      column.early === undefined ? [] : [`, ${column.early(column.name)} AS ${column.name}_read`],
    )
    .join('');
  await warehouse.run(
    `CREATE OR REPLACE TEMP VIEW numbered_record AS SELECT CAST(${fileNo} AS INTEGER) AS file_no, *${early} FROM ${RAW}`,
  );
  return rows;
}

const ROWS_A_STATEMENT = 1000;

async function noteRagged(warehouse: Warehouse, fileNo: number, ragged: readonly number[]): Promise<void> {
  for (let at = 0; at < ragged.length; at += ROWS_A_STATEMENT) {
    const lines = ragged.slice(at, at + ROWS_A_STATEMENT);
    await warehouse.run(`INSERT INTO unsound_row VALUES ${lines.map((line) => `(${fileNo}, ${line}, NULL)`).join(', ')};
      INSERT INTO row_fault VALUES ${lines.map((line) => `(${fileNo}, ${line}, NULL, 'ragged_row', NULL)`).join(', ')}`);
  }
}

/** A Parquet file's columns as text, `cell` giving SQL for each; a row's line is its number + 1. Gives the number of rows. */
export async function stageParquet(
  warehouse: Warehouse,
  { file, fileNo, path, header }: Numbered,
  cell: (at: number) => string,
): Promise<number> {
  const picked = header.columns.map(({ column, at }) => textAndEarly(column, `cell(${cell(at)})`)).join(', ');
  const reading = `CREATE OR REPLACE TEMP TABLE ${RAW} AS SELECT ${picked} FROM read_parquet(${literal(path)})`;
  await orUnreadable(file.name, warehouse.run(reading));
  const rows = await warehouse.count(`SELECT count(*) FROM ${RAW}`);
  // The reader could number them itself, but not where the file has a column of that name.
  const first = await firstRowid(warehouse, RAW, rows);
  await warehouse.run(`CREATE OR REPLACE TEMP VIEW numbered_record AS
    SELECT CAST(${fileNo} AS INTEGER) AS file_no, rowid - ${first} + 2 AS line, * FROM ${RAW}`);
  return rows;
}
