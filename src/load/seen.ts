import { literal, type Warehouse } from '../warehouse.js';
import { trimCell } from './header.js';
import type { Kind } from './kinds.js';
import { rowsOf } from './read-staged.js';
import type { Batch, Numbered } from './stage.js';

/**
 * What a load sees of its files besides their rows, noted in `file_seen`: whatever the rows don't show any more once they
 * are read. What of it is told, and when, is said in sql/35_notices.
 */

/** SQL of values for `file_seen`: file_no, what, column_name, cells, among, value. */
export function seenValues({ fileNo, scan, reading }: Numbered, withdrawn: number | undefined): string[] {
  const open = scan !== undefined && !scan.ended;
  return [
    ...(open ? [`(${fileNo}, 'open_line', NULL, NULL, NULL, ${literal(lastCell(scan.tail))})`] : []),
    ...(reading.doubtful === undefined ? [] : [`(${fileNo}, 'doubtful_encoding', NULL, NULL, NULL, NULL)`]),
    ...(withdrawn === undefined ? [] : [`(${fileNo}, 'shrank', NULL, ${withdrawn}, NULL, NULL)`]),
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
 * before copies are taken for one. An id is long from 16 digits on, more than a binary float holds for certain.
 */
export async function noteSeen(warehouse: Warehouse, files: Batch): Promise<void> {
  const [{ file }] = files;
  const columns = file.kind.columns.filter(({ holds }) => holds !== 'other');
  const sound = columns.map(({ name }) => name).join(', ');
  const unsound = columns.map(({ name }) => `cells['${name}'] AS ${name}`).join(', ');
  const theirs = rowsOf(files);
  await warehouse.run(`INSERT INTO file_seen (file_no, what, column_name, cells, among)
    SELECT file_no, found.what, found.column_name, found.cells, found.among
    FROM (SELECT file_no, unnest([${columns.flatMap(countsOf).join(', ')}]) AS found
      FROM (SELECT file_no, ${sound} FROM ${file.kind.table} WHERE ${theirs}
        UNION ALL SELECT file_no, ${unsound} FROM unsound_row WHERE ${theirs} AND width IS NULL)
      GROUP BY file_no)
    WHERE found.cells > 0`);
}

function countsOf({ name, holds }: Kind['columns'][number]): string[] {
  const counted = (what: string, cells: string, among: string): string =>
    `{'what': '${what}', 'column_name': '${name}', 'cells': ${cells}, 'among': ${among}}`;
  const those = (test: string): string => `count(*) FILTER (${test})`;
  const word = counted('null_word', those(`strlen(${name}) <= 4 AND ${name} IN (${NULL_WORDS})`), `count(${name})`);
  if (holds === 'text') return [word];
  const long = `strlen(${name}) >= 16`;
  return [
    word,
    counted('long_id', those(`${long} AND is_rounded(${name})`), those(`${long} AND is_digits(${name})`)),
    counted('point_zero_id', those(`suffix(${name}, '.0') AND is_digits(left(${name}, -2))`), `count(${name})`),
  ];
}

/** SQL: how many of the two times of a session, each a cell and as it was read, end with the minutes. */
export function minutesOnly(): string {
  const lacks = (column: string): string =>
    `CASE WHEN ${column}_read IS NOT NULL AND lacks_seconds(${column}) THEN 1 ELSE 0 END`;
  return `${lacks('started_at')} + ${lacks('ended_at')}`;
}
