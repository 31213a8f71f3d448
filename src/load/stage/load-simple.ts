import { literal, type Warehouse } from '../../engine/duckdb/warehouse.js';
import { type Column, type Kind, MISSING, readEarly } from '../../exports/column-types.js';
import { columnsOf, type Header } from '../csv/header.js';
import type { Batch, Numbered } from './batch.js';
import { readStaged, readValues, unseen } from './read-staged.js';
import { minutesOnly } from './seen.js';
import { cellsByPlace, stageStrictly } from './stage.js';

/**
 * Loads simple files in one pass: DuckDB takes their lines apart and types their cells, and a line that isn't in the usual
 * form (spaces around a cell, or a fault) is kept as text and read in full. Gives the records of each file; undefined, and
 * nothing is loaded, where it isn't proved that every line was seen.
 */
export async function loadSimple(warehouse: Warehouse, files: Batch): Promise<number[] | undefined> {
  const [{ file, fileNo, header }] = files;
  if (header.width > MOST_CELLS) return undefined;
  await warehouse.run(`CREATE OR REPLACE TEMP TABLE typed_record AS ${typedRecords(files)}`);
  try {
    const held = await readHeld(warehouse, files);
    if (held === undefined) return undefined;
    const place = `CAST(${fileNo} + file_index AS INTEGER) AS file_no, (rowid - [${held.map(({ first }) => first).join(', ')}][file_index + 1] + 2) AS line`;
    const columns = file.kind.columns.map(({ name }) => name).join(', ');
    await warehouse.run(
      `INSERT INTO ${file.kind.table} BY NAME SELECT ${place}, ${columns} FROM typed_record WHERE unusual IS NULL`,
    );
    if (held.some(({ unusual }) => unusual > 0)) await readUnusual(warehouse, files, place);
    for (const each of files) await readAside(warehouse, each);
    await noteMinutes(warehouse, files, held);
    return held.map(({ rows }) => rows);
  } finally {
    await warehouse.run(
      `DROP VIEW IF EXISTS record_cell; DROP VIEW IF EXISTS numbered_record; DROP VIEW IF EXISTS unusual_line;
        DROP TABLE typed_record`,
    );
  }
}

async function noteMinutes(warehouse: Warehouse, files: Batch, held: readonly Held[]): Promise<void> {
  const values = held.flatMap(({ minutesOnly }, at) =>
    minutesOnly > 0 ? [`(${files[at]?.fileNo}, 'minutes_only', ${minutesOnly})`] : [],
  );
  if (values.length > 0)
    await warehouse.run(`INSERT INTO file_seen (file_no, what, cells) VALUES ${values.join(', ')}`);
}

/** The pattern of a line grows with its cells, and what is matched slowly had better be read strictly. */
const MOST_CELLS = 200;
/** Stands between no cells, so that the reader of CSV gives whole lines; it drops one in which it does stand. */
const NO_DELIMITER = '\x1f';

/** SQL for every line: its values, its text where it isn't in the usual form (NULL where it is), and its bytes. */
function typedRecords(files: Batch): string {
  const [{ file, header, simple }] = files;
  const { kind } = file;
  const present = new Map(header.columns.map(({ column, at }) => [column, at]));
  const cells = kind.columns.map((column) => `${cellOf(column, present.get(column))} AS ${column.name}`);
  const times = kind.columns.flatMap(({ name, early }) =>
    early === undefined ? [] : [`, ${early(name)} AS ${name}_read`],
  );
  return `SELECT file_index, ${readValues(kind)}, CASE WHEN usual THEN NULL ELSE line END AS unusual, strlen(line) AS bytes,
    ${kind.name === 'sessions' ? `CAST(CASE WHEN usual THEN ${minutesOnly()} END AS TINYINT)` : 'NULL'} AS minutes_only
    FROM (SELECT *, coalesce(${usualLine(kind, header)}, false) AS usual FROM (SELECT *${times.join('')} FROM (
      SELECT file_index, line, ${cells.join(', ')} FROM (
        SELECT CAST(file_index AS SMALLINT) AS file_index, line, string_split(line, ',') AS cells
        FROM read_csv([${files.map((each) => literal(each.simple?.path ?? each.path)).join(', ')}],
          columns = {'line': 'VARCHAR'}, auto_detect = false, header = true, force_not_null = ['line'],
          delim = '${NO_DELIMITER}', quote = '', escape = '', ignore_errors = true, new_line = ${simple?.lineEnd === '\r\n' ? "'\\r\\n'" : "'\\n'"})))))`;
}

/** A blank cell of a required column needn't become NULL, for its line isn't usual. */
function cellOf({ required }: Column, at: number | undefined): string {
  if (at === undefined) return 'CAST(NULL AS VARCHAR)';
  return required ? `cells[${at + 1}]` : `given(cells[${at + 1}])`;
}

/** SQL that is true of the line of a sound row without spaces around its cells. */
function usualLine(kind: Kind, { width, columns }: Header): string {
  const forms = Array.from({ length: width }, () => '[^,]*');
  for (const { column, at } of columns)
    forms[at] = column.required ? `(?:${column.form})` : `(?:${column.form}|${MISSING.replace('\\', '\\\\')})?`;
  const exist = columns.flatMap(({ column: { name, required, exists } }) => {
    if (exists === undefined) return [];
    return required ? [exists] : [`(${name} IS NULL OR ${exists})`];
  });
  const checks = kind.checks.map((check) => check.sound);
  return [`regexp_full_match(line, '${forms.join(',')}')`, ...exist, ...checks].join(' AND ');
}

/** What became of one file. */
interface Held {
  /** Lines below the header, and those of them that are records: one whose cells are all blank is none. */
  lines: number;
  rows: number;
  bytes: number;
  /** The rowid of its first line; the others follow without a gap. */
  first: bigint;
  unusual: number;
  /** Times of usual lines that say no seconds. */
  minutesOnly: number;
}

/** SQL: whether a line has blank cells alone, however many. */
const BLANK = "regexp_full_match(unusual, '[, \t]*')";

/** The lines of each file in `typed_record`, or undefined where they aren't proved to be all, in their order. */
async function readHeld(warehouse: Warehouse, files: Batch): Promise<Held[] | undefined> {
  const found =
    await warehouse.rows(`SELECT file_index, count(*) AS lines, count(*) FILTER (unusual IS NULL OR NOT ${BLANK}) AS rows,
    sum(bytes) AS bytes, min(rowid) AS first, max(rowid) AS last, count(unusual) AS unusual,
    sum(minutes_only) AS minutes_only FROM typed_record GROUP BY file_index`);
  const held: Held[] = [];
  for (const [at, file] of files.entries()) {
    const row = found.find(({ file_index }) => Number(file_index) === at);
    const count = (name: string): number => Number(row?.[name] ?? 0);
    const first = BigInt(row?.first ?? 0);
    if (row !== undefined && BigInt(row.last as string) - first + 1n !== BigInt(row.lines as string))
      throw new Error('staged rows are not numbered without gaps');
    const rows = count('rows') + (file.simple?.aside.length ?? 0); // blank cells stand in the lines of those set aside
    const one = {
      lines: count('lines'),
      rows,
      bytes: count('bytes'),
      unusual: count('unusual'),
      minutesOnly: count('minutes_only'),
      first,
    };
    if (!isWhole(file, one)) return undefined;
    held.push(one);
  }
  return held;
}

/**
 * DuckDB may drop a line (one that is too long, or holds its delimiter), or its delimiter at the end of one. Every byte
 * behind the header must be a line's or its line end's; whatever was dropped is missing from that sum, and nothing adds to it.
 */
function isWhole({ simple, scan }: Numbered, { lines, bytes }: Held): boolean {
  if (scan === undefined || simple === undefined) return false;
  const { size, lineEnd } = simple;
  return scan.headerSize + bytes + lines * lineEnd.length === size + (scan.ended ? 0 : lineEnd.length);
}

/** Notes the lines with more or fewer cells than the header, and takes the cells of the others trimmed through the full reading. */
async function readUnusual(warehouse: Warehouse, files: Batch, place: string): Promise<void> {
  const [{ file, header }] = files;
  const cells = header.columns.map(({ column, at }) => `cell(cells[${at + 1}]) AS ${column.name}`).join(', ');
  await warehouse.run(`CREATE OR REPLACE TEMP VIEW unusual_line AS
      SELECT ${place}, string_split(unusual, ',') AS cells FROM typed_record WHERE NOT ${BLANK};
    INSERT INTO unsound_row (file_no, line, cells, width)
      SELECT file_no, line, ${cellsByPlace('cells', file.kind.secret ? unseen() : 'cell(x)')}, len(cells) FROM unusual_line WHERE len(cells) <> ${header.width};
    INSERT INTO row_fault (file_no, line, code) SELECT file_no, line, 'ragged_row' FROM unusual_line WHERE len(cells) <> ${header.width};
    CREATE OR REPLACE TEMP VIEW numbered_record AS SELECT *${readEarly(columnsOf(header))} FROM (
      SELECT file_no, line, ${cells} FROM unusual_line WHERE len(cells) = ${header.width})`);
  await readStaged(warehouse, files);
}

/** Loads the records that hold quotes, in whose lines blank cells stood. */
async function readAside(warehouse: Warehouse, file: Numbered): Promise<void> {
  if (file.simple === undefined || file.simple.aside.length === 0) return;
  await stageStrictly(warehouse, file, file.simple.aside);
  await readStaged(warehouse, [file]);
}
