import type { Column, Kind } from './kinds.js';
import { unusable } from './unusable.js';

/** Where each known column of a file stands, and what else its header names. */
export interface Header {
  /** Cells in every record. */
  width: number;
  columns: { column: Column; at: number }[];
  /** Ignored, and named once in the summary. */
  unknown: string[];
}

/** The known columns of a file, in its order. */
export function columnsOf({ columns }: Header): Column[] {
  return columns.map(({ column }) => column);
}

/** Spaces and tabs around a cell are not part of it. */
export function trimCell(cell: string): string {
  return cell.replace(/^[ \t]+|[ \t]+$/g, '');
}

/** Reads a header row: columns in any order, in English or Chinese. */
export function readHeader(file: string, kind: Kind, cells: readonly string[]): Header {
  const names = cells.map(trimCell);
  const columns: Header['columns'] = [];
  const unknown: string[] = [];
  for (const [at, name] of names.entries()) {
    const column = kind.columns.find((known) => known.name === name || known.chinese === name);
    if (column === undefined) unknown.push(name);
    else if (columns.some((earlier) => earlier.column === column)) throw twice(file, column);
    else columns.push({ column, at });
  }
  for (const column of kind.columns) {
    if (column.required && !columns.some((present) => present.column === column))
      throw lacking(file, kind, column, names);
  }
  return { width: cells.length, columns, unknown: [...new Set(unknown)] };
}

function called(column: Column): string {
  return `${column.name} (${column.chinese})`;
}

function twice(file: string, column: Column): Error {
  return unusable(file, `the header has the column ${called(column)} twice`, 'Keep one of the two.', {
    line: 1,
    column: column.name,
  });
}

const OTHER_DIVIDERS = [
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'bars'],
] as const;

/** What to do where all names stand in one cell, because something else than a comma is between them. */
function divided([only = '', ...more]: readonly string[]): string | undefined {
  if (more.length > 0) return undefined;
  const divider = OTHER_DIVIDERS.find(([mark]) => only.includes(mark));
  return divider && `Its cells are divided by ${divider[1]}: save it as CSV with commas.`;
}

function lacking(file: string, kind: Kind, column: Column, names: readonly string[]): Error {
  const found = names
    .map((name) => JSON.stringify(name))
    .join(', ')
    .slice(0, 300);
  return unusable(
    file,
    `the header lacks the column ${called(column)}; it has ${found}`,
    divided(names) ?? `Export the ${kind.name} with that column.`,
    {
      line: 1,
      column: column.name,
    },
  );
}
