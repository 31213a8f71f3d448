/** What a sheet of a workbook holds, whatever it is about. */

/**
 * How the cells of a column are kept and shown. `id` and `text` are texts, `note` one that is broken into lines; `date` is
 * `YYYY-MM-DD`; all others are decimals, written as their own text: `money` and `minutes` have 2 places, `index` 3, `price` 6.
 */
export type CellKind = 'id' | 'text' | 'note' | 'date' | 'count' | 'money' | 'minutes' | 'index' | 'price';

/** A cell as its text; or with more to it than its column says. A blank text is a blank cell. */
export type Cell = string | MarkedCell;

export interface MarkedCell {
  text: string;
  /** Where it isn't its column's. */
  kind?: CellKind;
  /** Without the equals sign; `text` is its result, which must be exact. */
  formula?: string;
  /** Shown bold. */
  strong?: true;
}

export interface SheetColumn {
  head: string;
  kind: CellKind;
  /** Its cells are added up above the head; what a filter hides doesn't count there. */
  total?: boolean;
}

export interface BookSheet {
  name: string;
  /** Two lines above all: what it is, and of which run. */
  title: readonly [string, string];
  /** What stands in the line of the totals where there is none. */
  remark?: string;
  columns: readonly SheetColumn[];
  rows: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>;
  /** The word before the totals; without it there are none. */
  total?: string;
  /** Whether the head has buttons to filter and sort. */
  filter: boolean;
  /** Beside the table: a bar for each of these lines (by its row of the sheet) and each of these columns, which stand in a row. */
  chart?: { title: string; rows: readonly number[]; values: readonly number[] };
}

/** The line of the heads, below the two of the title and that of the totals. */
export const HEAD_ROW = 4;
export const FIRST_ROW = HEAD_ROW + 1;
/** As many lines as a sheet can have. */
export const MOST_ROWS = 1_048_576;

/** A spreadsheet couldn't open the sheet. */
export class TooManyRows extends Error {
  constructor(readonly sheet: string) {
    super(sheet);
  }
}

/** A column by its letters: 0 is A. */
export function letters(column: number): string {
  const [high, low] = [Math.floor(column / 26), column % 26];
  return `${high === 0 ? '' : letters(high - 1)}${String.fromCharCode(65 + low)}`;
}

/** The cells of a column below the head, for a sheet of so many rows; `name` where another sheet asks. */
export function rangeOf(column: number, rows: number, name?: string): string {
  const sheet = name === undefined ? '' : `'${name.replaceAll("'", "''")}'!`;
  return `${sheet}${letters(column)}${FIRST_ROW}:${letters(column)}${FIRST_ROW + Math.max(rows, 1) - 1}`;
}
