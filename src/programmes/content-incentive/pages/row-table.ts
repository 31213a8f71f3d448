import type { PageColumn, PageKind, PageTable, PageText } from '../../../page/model.js';
import type { CsvRow } from '../book/read.js';
import type { Head } from '../book/words/heads.js';
import { both } from './both.js';

/** A column: its head, how it is shown, whether it is added up or has no room on a terminal, and what of a row it shows. */
export type RowColumn = readonly [
  head: Head | readonly [en: string, zh: string],
  kind: PageKind,
  how?: 'total' | 'wide' | undefined,
  cell?: ((row: CsvRow) => PageText) | undefined,
];

/** Rows of a run folder's file as a table. */
export function rowTable(
  name: string,
  caption: PageText,
  rows: readonly CsvRow[],
  columns: readonly RowColumn[],
): PageTable {
  const heads = columns.map(
    ([head, kind, how]): PageColumn => ({
      head: typeof head === 'string' ? both((words) => words.head(head)) : head,
      kind,
      ...(how === 'total' ? { total: true } : {}),
      ...(how === 'wide' ? { wide: true } : {}),
    }),
  );
  const cells = rows.map((row) =>
    columns.map(([head, , , cell]) => cell?.(row) ?? (typeof head === 'string' ? (row[head] ?? '') : '')),
  );
  return { name, caption, columns: heads, rows: cells };
}
