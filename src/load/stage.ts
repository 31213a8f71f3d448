import { type Appender, identifier, literal, type Warehouse } from '../warehouse.js';
import type { Examined } from './examine.js';
import { columnsOf, type Header, trimCell } from './header.js';
import { MISSING, readEarly } from './kinds.js';
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

/** Files of one layout, numbered in a row. */
export type Batch = readonly [Numbered, ...Numbered[]];

/** Rows stand in the order of the file, numbered from wherever the table's begin. */
async function firstRowid(warehouse: Warehouse, table: string, rows: number): Promise<string> {
  const { first, last } = await warehouse.one(
    `SELECT coalesce(min(rowid), 0) AS first, coalesce(max(rowid), -1) AS last FROM ${table}`,
  );
  if (BigInt(last as string) - BigInt(first as string) + 1n !== BigInt(rows))
    throw new Error('staged rows are not numbered without gaps');
  return first as string;
}

/** Takes records one by one; a record with more or fewer cells than the header is noted as ragged and left out. Gives their number. */
export async function stageStrictly(
  warehouse: Warehouse,
  { fileNo, header }: Numbered,
  records: AsyncIterable<CsvRecord> | Iterable<CsvRecord>,
): Promise<number> {
  const columns = header.columns.map(({ column }) => `${identifier(column.name)} VARCHAR`).join(', ');
  await warehouse.run(`CREATE OR REPLACE TEMP TABLE ${RAW} (line BIGINT, ${columns})`);
  const ragged: CsvRecord[] = [];
  let rows = 0;
  await warehouse.append(RAW, async (appender) => {
    for await (const record of records) {
      rows += 1;
      if (record.cells.length === header.width) appendRecord(appender, header, record);
      else ragged.push(record);
    }
  });
  await noteRagged(warehouse, fileNo, ragged);
  await warehouse.run(
    `CREATE OR REPLACE TEMP VIEW numbered_record AS SELECT CAST(${fileNo} AS INTEGER) AS file_no, *${readEarly(columnsOf(header))} FROM ${RAW}`,
  );
  return rows;
}

function appendRecord(appender: Appender, { columns }: Header, { line, cells }: CsvRecord): void {
  appender.appendBigInt(BigInt(line));
  for (const { at } of columns) {
    const cell = trimCell(cells[at] as string);
    if (cell === '' || cell === MISSING) appender.appendNull();
    else appender.appendVarchar(cell);
  }
  appender.endRow();
}

const ROWS_A_STATEMENT = 1000;

async function noteRagged(warehouse: Warehouse, fileNo: number, ragged: readonly CsvRecord[]): Promise<void> {
  for (let at = 0; at < ragged.length; at += ROWS_A_STATEMENT) {
    const records = ragged.slice(at, at + ROWS_A_STATEMENT);
    const rows = records.map(({ line, cells }) => `(${fileNo}, ${line}, ${cellsByPlace(cells)}, ${cells.length})`);
    const faults = records.map(({ line }) => `(${fileNo}, ${line}, 'ragged_row')`);
    await warehouse.run(`INSERT INTO unsound_row (file_no, line, cells, width) VALUES ${rows.join(', ')};
      INSERT INTO row_fault (file_no, line, code) VALUES ${faults.join(', ')}`);
  }
}

/** SQL for the cells of a ragged record that aren't blank, by their places. */
function cellsByPlace(cells: readonly string[]): string {
  const given = cells.flatMap((text, at) => {
    const cell = trimCell(text);
    return cell === '' || cell === MISSING ? [] : [[literal(String(at + 1)), literal(cell)] as const];
  });
  return `map([${given.map(([place]) => place).join(', ')}]::VARCHAR[], [${given.map(([, cell]) => cell).join(', ')}]::VARCHAR[])`;
}

/** A Parquet file's known columns as text, given SQL for them; a row's line is its number + 1. Gives the number of rows. */
export async function stageParquet(
  warehouse: Warehouse,
  { file, fileNo, header }: Numbered,
  texts: string,
): Promise<number> {
  const reading = `CREATE OR REPLACE TEMP TABLE ${RAW} AS SELECT *${readEarly(columnsOf(header))} FROM (${texts})`;
  await orUnreadable(file.name, warehouse.run(reading));
  const rows = await warehouse.count(`SELECT count(*) FROM ${RAW}`);
  // The reader could number them itself, but not where the file has a column of that name.
  const first = await firstRowid(warehouse, RAW, rows);
  await warehouse.run(`CREATE OR REPLACE TEMP VIEW numbered_record AS
    SELECT CAST(${fileNo} AS INTEGER) AS file_no, rowid - ${first} + 2 AS line, * FROM ${RAW}`);
  return rows;
}
