import { type Appender, identifier, type Row, type Warehouse } from '../../engine/duckdb/warehouse.js';
import { type Kind, MISSING, readEarly } from '../../exports/column-types.js';
import { columnsOf, type Header } from '../csv/header.js';
import type { CsvRecord } from '../csv/strict-csv.js';
import { trimCell } from '../csv/trim.js';
import type { Batch, Numbered } from './batch.js';
import { unseen } from './read-staged.js';

/**
 * The staging table: records as trimmed text, NULL where blank, a column for each known column of the header.
 * The view `numbered_record` adds to each the number of its file and the line on which it starts.
 */
const RAW = 'raw_record';

/** Ragged records of the file that is being staged: their cells as one text, for lists are appended at a hundredth of the speed. */
const RAGGED = 'ragged_record';

/** Takes records one by one; a record with more or fewer cells than the header is noted as ragged and left out. Gives their number. */
export async function stageStrictly(
  warehouse: Warehouse,
  { file, fileNo, header }: Numbered,
  records: AsyncIterable<CsvRecord> | Iterable<CsvRecord>,
): Promise<number> {
  const columns = header.columns.map(({ column }) => `${identifier(column.name)} VARCHAR`).join(', ');
  await warehouse.run(`CREATE OR REPLACE TEMP TABLE ${RAW} (line BIGINT, ${columns});
    CREATE OR REPLACE TEMP TABLE ${RAGGED} (line BIGINT, cells VARCHAR)`);
  let rows = 0;
  await warehouse.append(RAW, (sound) =>
    warehouse.append(RAGGED, async (ragged) => {
      const appenders = new Flushed(sound, ragged);
      for await (const record of records) {
        rows += 1;
        if (record.cells.length === header.width) appendRecord(sound, header, record);
        else appendRagged(ragged, record);
        appenders.took(record);
      }
    }),
  );
  await noteRagged(warehouse, fileNo, file.kind);
  await warehouse.run(
    `CREATE OR REPLACE TEMP VIEW numbered_record AS SELECT CAST(${fileNo} AS INTEGER) AS file_no, *${readEarly(columnsOf(header))} FROM ${RAW}`,
  );
  return rows;
}

/** An appender holds what it was given until so many rows have come, however large their cells are. */
const MOST_HELD = 1 << 26;

/** Appenders that give away what they hold before it is too much. */
class Flushed {
  readonly #appenders: readonly Appender[];
  #held = 0;

  constructor(...appenders: Appender[]) {
    this.#appenders = appenders;
  }

  took({ cells }: CsvRecord): void {
    for (const cell of cells) this.#held += cell.length;
    if (this.#held < MOST_HELD) return;
    for (const appender of this.#appenders) appender.flushSync();
    this.#held = 0;
  }
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

/** Stands between cells; one that stands in a cell is written as the mark and a 1, and the mark itself as the mark and a 0. */
const [BETWEEN, MARK] = ['\x1f', '\x1e'];

function appendRagged(appender: Appender, { line, cells }: CsvRecord): void {
  const written = (cell: string): string => cell.replaceAll(MARK, `${MARK}0`).replaceAll(BETWEEN, `${MARK}1`);
  appender.appendBigInt(BigInt(line));
  appender.appendVarchar(cells.map(written).join(BETWEEN));
  appender.endRow();
}

async function noteRagged(warehouse: Warehouse, fileNo: number, { secret }: Kind): Promise<void> {
  const cell = secret ? unseen() : `cell(replace(replace(x, '${MARK}1', '${BETWEEN}'), '${MARK}0', '${MARK}'))`;
  await warehouse.run(`INSERT INTO unsound_row (file_no, line, cells, width)
      SELECT ${fileNo}, line, ${cellsByPlace('cells', cell)}, len(cells)
      FROM (SELECT line, string_split(cells, '${BETWEEN}') AS cells FROM ${RAGGED});
    INSERT INTO row_fault (file_no, line, code) SELECT ${fileNo}, line, 'ragged_row' FROM ${RAGGED};
    DROP TABLE ${RAGGED}`);
}

/** SQL for the cells of a ragged record that aren't blank, by their places from 1; `cell` reads one that is called x. */
export function cellsByPlace(cells: string, cell: string): string {
  return `cells_given(list_transform(${cells}, lambda x, i: {'name': CAST(i AS VARCHAR), 'cell': ${cell}}))`;
}

/**
 * The known columns of Parquet files of one layout as text, given SQL for each file's; a row's line is its number + 1. Gives
 * the number of rows of each. Throws what the database says of a file.
 */
export async function stageParquet(warehouse: Warehouse, files: Batch): Promise<number[]> {
  const [{ header }] = files;
  const texts = files.map(
    ({ fileNo, parquetRows }) => `SELECT CAST(${fileNo} AS INTEGER) AS file_no, * FROM (${parquetRows})`,
  );
  await warehouse.run(
    `CREATE OR REPLACE TEMP TABLE ${RAW} AS SELECT *${readEarly(columnsOf(header))} FROM (${texts.join(' UNION ALL ')})`,
  );
  // The reader could number them itself, but not where the file has a column of that name.
  const found = await warehouse.rows(
    `SELECT file_no, count(*) AS rows, min(rowid) AS first, max(rowid) AS last FROM ${RAW} GROUP BY file_no`,
  );
  const held = files.map(({ fileNo }) => found.find((row) => row.file_no === String(fileNo)));
  const firsts = held.map((row) => firstOf(row));
  await warehouse.run(`CREATE OR REPLACE TEMP VIEW numbered_record AS
    SELECT rowid - [${firsts.join(', ')}][file_no - ${files[0].fileNo} + 1] + 2 AS line, * FROM ${RAW}`);
  return held.map((row) => Number(row?.rows ?? 0));
}

/** The rowid of a file's first row; those after it follow in the order of the file. */
function firstOf(row: Row | undefined): string {
  if (row === undefined) return '0';
  if (BigInt(row.last as string) - BigInt(row.first as string) + 1n !== BigInt(row.rows as string))
    throw new Error('staged rows are not numbered without gaps');
  return row.first as string;
}
