import { literal, type Warehouse } from '../warehouse.js';
import { readStaged, readValues, soundRow } from './read-staged.js';
import { type Batch, type Numbered, stageStrictly } from './stage.js';

/**
 * Loads simple files in one pass: DuckDB reads, checks and types their rows, and what isn't in the usual form (a cell
 * with spaces around it, or a fault) is kept as text and read in full. Gives the rows of each file; undefined, and
 * nothing is loaded, where it isn't proved that each line is one record with as many cells as the header.
 */
export async function loadSimple(warehouse: Warehouse, files: Batch): Promise<number[] | undefined> {
  const [{ file, fileNo }] = files;
  await warehouse.run(`CREATE OR REPLACE TEMP TABLE typed_record AS ${typedRecords(files)}`);
  try {
    const held = await readHeld(warehouse, files);
    if (held === undefined) return undefined;
    const place = `CAST(${fileNo} + file_index AS INTEGER) AS file_no, (rowid - [${held.map(({ first }) => first).join(', ')}][file_index + 1] + 2) AS line`;
    const columns = file.kind.columns.map(({ name }) => name).join(', ');
    await warehouse.run(`INSERT INTO ${file.kind.table} SELECT ${place}, ${columns} FROM typed_record WHERE usual`);
    if (held.some(({ unusual }) => unusual > 0)) await readUnusual(warehouse, files, place);
    for (const each of files) await readAside(warehouse, each);
    return held.map(({ rows }) => rows);
  } finally {
    await warehouse.run(
      'DROP VIEW IF EXISTS record_cell; DROP VIEW IF EXISTS numbered_record; DROP TABLE typed_record',
    );
  }
}

/** SQL for every row: its values, whether it has the usual form, its cells as text where not, and how many bytes they take. */
function typedRecords(files: Batch): string {
  const [{ file, header, simple }] = files;
  const { kind } = file;
  const present = new Map(header.columns.map(({ column, at }) => [column, at]));
  const names = Array.from({ length: header.width }, (_, at) => `c${at}`);
  const times = kind.columns.filter(({ early }) => early !== undefined);
  const cells = kind.columns.map((column) => `${cellOf(present.get(column))} AS ${column.name}`);
  const tried = times.map((column) => `TRY_CAST(${cellOf(present.get(column))} AS TIMESTAMP) AS ${column.name}_tried`);
  const early = times.map(({ name, early: read }) => `${read?.(name, `${name}_tried`)} AS ${name}_read`);
  const raw = header.columns.map(({ column }) => column.name).join(', ');
  return `SELECT file_index, ${readValues(kind)}, usual, CASE WHEN usual THEN NULL ELSE [${raw}] END AS raw, bytes
    FROM (SELECT *, coalesce(${soundRow(kind)}, false) AS usual FROM (SELECT *${also(early)} FROM (
      SELECT CAST(file_index AS SMALLINT) AS file_index, ${[...cells, ...tried].join(', ')},
        ${sum(names.map((name) => `coalesce(strlen(${name}), 0)`))} AS bytes
      FROM read_csv([${files.map((each) => literal(each.simple?.path ?? each.path)).join(', ')}],
        columns = {${names.map((name) => `'${name}': 'VARCHAR'`).join(', ')}}, auto_detect = false, header = true,
        delim = ',', quote = '', escape = '', ignore_errors = true, new_line = ${simple?.lineEnd === '\r\n' ? "'\\r\\n'" : "'\\n'"}))))`;
}

function cellOf(at: number | undefined): string {
  return at === undefined ? 'CAST(NULL AS VARCHAR)' : `c${at}`;
}

/** SQL for a sum, in halves: a statement may not be nested as deeply as a header is wide. */
function sum(terms: readonly string[]): string {
  const half = terms.length >> 1;
  return half === 0 ? terms.join() : `(${sum(terms.slice(0, half))} + ${sum(terms.slice(half))})`;
}

function also(columns: readonly string[]): string {
  return columns.map((column) => `, ${column}`).join('');
}

/** What became of one file. */
interface Held {
  rows: number;
  bytes: number;
  /** The rowid of its first row; the others follow without a gap. */
  first: bigint;
  unusual: number;
}

/** The rows of each file in `typed_record`, or undefined where they aren't proved to be its lines, in their order. */
async function readHeld(warehouse: Warehouse, files: Batch): Promise<Held[] | undefined> {
  const found = await warehouse.rows(`SELECT file_index, count(*) AS rows, sum(bytes) AS bytes, min(rowid) AS first,
    max(rowid) AS last, count(*) FILTER (NOT usual) AS unusual FROM typed_record GROUP BY file_index`);
  const held: Held[] = [];
  for (const [at, file] of files.entries()) {
    const row = found.find(({ file_index }) => Number(file_index) === at);
    const rows = Number(row?.rows ?? 0);
    const first = BigInt(row?.first ?? 0);
    if (row !== undefined && BigInt(row.last as string) - first + 1n !== BigInt(rows))
      throw new Error('staged rows are not numbered without gaps');
    held.push({ rows, first, bytes: Number(row?.bytes ?? 0), unusual: Number(row?.unusual ?? 0) });
    if (!isWhole(file, held.at(-1) as Held)) return undefined;
  }
  return held;
}

/**
 * DuckDB skips a blank line and one with too few cells, and takes one with empty cells too many. In a plain file every byte
 * behind the header must be a cell's, or the comma or line feed behind a cell; whatever was skipped or dropped is missing
 * from that sum, and nothing adds to it. Of other simple files lines and commas were counted.
 */
function isWhole({ simple, scan, header }: Numbered, { rows, bytes }: Held): boolean {
  if (scan === undefined || simple === undefined) return false;
  if (simple.lines !== undefined) return rows === simple.lines - 1;
  return scan.headerSize + bytes + rows * header.width === simple.size + (scan.ended ? 0 : 1);
}

/** Trims the cells of rows that aren't in the usual form, and takes them through the full reading. */
async function readUnusual(warehouse: Warehouse, files: Batch, place: string): Promise<void> {
  const [{ header }] = files;
  const cells = header.columns.map(({ column }, at) => `cell(raw[${at + 1}]) AS ${column.name}`).join(', ');
  const early = header.columns.flatMap(({ column: { name, early: read } }) =>
    read === undefined ? [] : [`${read(name)} AS ${name}_read`],
  );
  const aside = files.flatMap(({ fileNo, simple }) =>
    simple?.aside.length
      ? [`AND NOT (file_no = ${fileNo} AND line IN (${simple.aside.map(({ line }) => line).join(', ')}))`]
      : [],
  );
  await warehouse.run(`CREATE OR REPLACE TEMP VIEW numbered_record AS
    SELECT *${also(early)} FROM (SELECT ${place}, ${cells} FROM typed_record WHERE NOT usual) WHERE true ${aside.join(' ')}`);
  await readStaged(warehouse, files);
}

/** Loads the records that hold quotes, in whose lines blank cells stood. */
async function readAside(warehouse: Warehouse, file: Numbered): Promise<void> {
  if (file.simple === undefined || file.simple.aside.length === 0) return;
  await stageStrictly(warehouse, file, file.simple.aside);
  await readStaged(warehouse, [file]);
}
