import type { Warehouse } from '../../engine/duckdb/warehouse.js';
import { insertRows } from '../../engine/table.js';
import type { Kind } from '../../exports/column-types.js';
import { trimCell } from '../csv/trim.js';
import type { Workbook } from '../workbook/workbook.js';
import type { Batch, Numbered } from './batch.js';
import { rowsOfBatch } from './batch.js';
import type { Standing } from './standing.js';

/**
 * What a load sees of its files besides their rows, noted in `file_seen`: whatever the rows don't show any more once they
 * are read. What of it is told, and when, is said in sql/notices.
 */

/** One thing that was seen of a file; a row of `file_seen` but for the file's number. */
export interface Seen {
  what: string;
  column_name?: string;
  cells?: number;
  among?: number;
  value?: string;
}

/** What is seen of the file alone, besides its rows. */
export function seenAlone({ file, header, scan, reading, workbook }: Numbered): Seen[] {
  const open = scan !== undefined && !scan.ended;
  const last = open && !file.kind.secret ? { value: lastCell(scan.tail) } : {};
  return [
    ...(open ? [{ what: 'open_line', ...last }] : []),
    ...(reading.doubtful === undefined ? [] : [{ what: 'doubtful_encoding' }]),
    ...named(file.kind, header).map(([name, called]) => ({ what: 'named_column', column_name: name, value: called })),
    ...(workbook === undefined ? [] : besideRows(workbook)),
    ...(workbook === undefined || file.kind.name !== 'sessions' || workbook.looks.minutes === 0
      ? []
      : [{ what: 'minutes_only', cells: workbook.looks.minutes }]),
  ];
}

/** What is seen of a file beside the one of its name that stood until now. */
export function seenBeside(columns: readonly string[], old: Standing, withdrawn: number | undefined): Seen[] {
  const lost = (old.columns ?? []).filter((name) => !columns.includes(name));
  return [
    ...(withdrawn === undefined ? [] : [{ what: 'shrank', cells: withdrawn }]),
    ...lost.map((name) => ({ what: 'lost_column', column_name: name })),
  ];
}

/** SQL that notes it. */
export function insertSeen(seen: readonly (readonly [fileNo: number, seen: Seen])[]): string {
  return insertRows(
    'file_seen',
    seen.map(([file_no, { what, column_name = null, cells = null, among = null, value = null }]) => ({
      file_no,
      what,
      column_name,
      cells,
      among,
      value,
    })),
  );
}

/** Columns that the settings have a name for, and the header hasn't, by neither of the two. */
function named({ mapping }: Kind, { columns }: Numbered['header']): [name: string, called: string][] {
  const has = new Set(columns.map(({ column }) => column.name));
  return Object.entries(mapping?.columns ?? {})
    .filter(([, name]) => !has.has(name))
    .map(([called, name]) => [name, called]);
}

/** What stands in a workbook besides the rows that were read of it. */
function besideRows({ titles, others, looks }: Workbook): Seen[] {
  const { rows, filled, first } = titles;
  const { names, alike } = others;
  return [
    ...(rows === 0 ? [] : [{ what: 'title_rows', cells: rows, among: filled, value: first }]),
    ...(names.length === 0
      ? []
      : [{ what: 'other_sheets', cells: names.length, among: alike, value: names.join(', ') }]),
    ...(looks.zoned === 0 ? [] : [{ what: 'zoned', cells: looks.zoned }]),
    ...(looks.merged === 0 ? [] : [{ what: 'merged', cells: looks.merged }]),
    ...[...looks.formulas]
      .filter(([, { zeros }]) => zeros > 0)
      .map(([column, { cells, zeros }]) => ({ what: 'formula_zero', column_name: column, cells: zeros, among: cells })),
  ];
}

const LONGEST_CELL = 80;

/** The last cell of a text that ends with these bytes, as it would be shown. A character that they cut is left out. */
function lastCell(tail: Buffer): string {
  const text = tail.toString('utf8').replace(/^\ufffd+/, '');
  const cell = trimCell(text.slice(Math.max(text.lastIndexOf('\n'), text.lastIndexOf(',')) + 1));
  return [...cell.replace(/^"|"$/g, '')].slice(0, LONGEST_CELL).join('');
}

/** Words that programs write for a missing value; one in the place of an id or a text is taken for the thing itself. */
const NULL_WORDS = "'NULL', 'null', 'None', 'nan', 'NaN', 'NA', 'N/A', '#N/A'";

/**
 * Counts ids and texts of a batch that look like another program's: in the rows that are sound and in those that aren't,
 * before copies are taken for one. Most files have none of it, which a first look tells in little time.
 * An id is long from 16 digits on, more than a binary float holds for certain.
 * Of a file with ragged rows it notes how many cells the header has.
 */
export async function noteSeen(warehouse: Warehouse, files: Batch): Promise<void> {
  const [{ file, header }] = files;
  const columns = file.kind.columns.filter(({ holds }) => holds !== 'other');
  const sound = columns.map(({ name }) => name).join(', ');
  const unsound = columns.map(({ name }) => `cells['${name}'] AS ${name}`).join(', ');
  const theirs = rowsOfBatch(files);
  if (file.kind.name === 'sessions') await noteMidnights(warehouse, theirs);
  await warehouse.run(`INSERT INTO file_seen (file_no, what, cells)
    SELECT DISTINCT file_no, 'header', ${header.width} FROM unsound_row WHERE ${theirs} AND width IS NOT NULL`);
  const rows = `(SELECT file_no, ${sound} FROM ${file.kind.table} WHERE ${theirs}
    UNION ALL SELECT file_no, ${unsound} FROM unsound_row WHERE ${theirs} AND width IS NULL)`;
  let looks = columns.flatMap(looksOf).map((look): Look & { files: string[] } => ({ ...look, files: [] }));
  for (const test of ['first', 'second'] as const) {
    if (looks.length === 0) return;
    const found = await warehouse.rows(
      `SELECT file_no, ${looks.map((look) => `${look[test]} AS ${look.name}`).join(', ')} FROM ${rows} GROUP BY file_no`,
    );
    const filesOf = (name: string): string[] =>
      found.flatMap((row) => (row[name] === 'true' ? [row.file_no as string] : []));
    looks = looks.map((look) => ({ ...look, files: filesOf(look.name) })).filter(({ files }) => files.length > 0);
  }
  const counts = looks.map(
    (look) => `SELECT file_no, ${look.count} FROM ${rows} WHERE file_no IN (${look.files.join(', ')}) GROUP BY file_no`,
  );
  if (counts.length > 0)
    await warehouse.run(
      `INSERT INTO file_seen (file_no, what, column_name, cells, among) ${counts.join(' UNION ALL ')}`,
    );
}

/** Something that may be seen of a column of a file. */
interface Look {
  name: string;
  /** SQL of aggregates: whether it can be so, by what is cheap to see; and whether it is so. */
  first: string;
  second: string;
  /** What is noted of it: how often it is so, and among how many. */
  count: string;
}

function looksOf({ name, holds }: Kind['columns'][number]): Look[] {
  const look = (what: string, first: string, test: string, more: { second?: string; among?: string } = {}): Look => ({
    name: `${what}_${name}`,
    first,
    second: more.second ?? `bool_or(${test})`,
    count: `'${what}', '${name}', count(*) FILTER (${test}), ${more.among ?? `count(${name})`}`,
  });
  const word = look('null_word', `min(strlen(${name})) <= 4`, `strlen(${name}) <= 4 AND ${name} IN (${NULL_WORDS})`);
  if (holds === 'text') return [word];
  const long = `strlen(${name}) >= 16`;
  const rounded = look('long_id', `max(strlen(${name})) >= 16`, `${long} AND is_rounded(${name})`, {
    // All that is rounded begins with a digit and ends in a zero: where none does, or one doesn't end so, nothing is told.
    second: `coalesce(bool_and(suffix(${name}, '0')) FILTER (${long} AND ${name} < ':'), false)`,
    among: `count(*) FILTER (${long} AND is_digits(${name}))`,
  });
  const point = `suffix(${name}, '.0')`;
  return [word, rounded, look('point_zero_id', `bool_or(${point})`, `${point} AND is_digits(left(${name}, -2))`)];
}

/**
 * SQL: how many of the two times of a session, each a cell and as it was read, end with the minutes. Few times are of a
 * whole minute, and only those are looked at.
 */
export function minutesOnly(): string {
  const lacks = (column: string): string =>
    `CASE WHEN epoch_us(${column}_read) % 60000000 = 0 THEN CASE WHEN lacks_seconds(${column}) THEN 1 ELSE 0 END ELSE 0 END`;
  return `${lacks('started_at')} + ${lacks('ended_at')}`;
}

/** Notes files of sessions whose times, of two sessions or more, are all midnight: dates that were saved as times. */
async function noteMidnights(warehouse: Warehouse, theirs: string): Promise<void> {
  const midnight = (column: string): string => `epoch_us(${column}) % 86400000000 = 0`;
  await warehouse.run(`INSERT INTO file_seen (file_no, what, cells)
    SELECT file_no, 'midnight', 2 * count(*) FROM session_row WHERE ${theirs}
    GROUP BY file_no HAVING count(*) > 1 AND bool_and(${midnight('started_at')} AND ${midnight('ended_at')})`);
}
