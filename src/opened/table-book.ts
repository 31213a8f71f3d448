import { zipSync } from 'fflate';
import { bookParts } from '../book/book-parts.js';
import type { BookSheet, Cell, CellKind, SheetColumn } from '../book/sheet.js';

/** A table of the page as it is shown, in the language that is spoken; figures without marks between thousands. */
export interface SavedTable {
  name: string;
  caption: string;
  columns: readonly { head: string; kind: string; total: boolean }[];
  rows: readonly (readonly string[])[];
}

/** What a workbook of the page's tables is called, and in which language it speaks. */
export interface SavedBook {
  title: string;
  /** Below each title: of which run it is, and what the check found. */
  about: string;
  chinese: boolean;
}

const FIGURES: ReadonlySet<string> = new Set<CellKind>(['count', 'money', 'minutes', 'index', 'price']);
const TEXTS: ReadonlySet<string> = new Set<CellKind>(['id', 'text', 'note', 'date']);
const DECIMAL = /^-?\d{1,30}(?:\.\d{1,9})?$/;

/** Tables of the page as a workbook, a sheet each. Its figures are the decimals' own texts. */
export async function tableBook(
  tables: readonly SavedTable[],
  { title, about, chinese }: SavedBook,
): Promise<Uint8Array> {
  const names = new Set<string>();
  const sheets = tables.map((table) => sheetOf(table, nameOf(table.name, names), about, chinese));
  const font = chinese ? 'Microsoft YaHei' : 'Calibri';
  const files: Record<string, Uint8Array> = {};
  for await (const { path, pieces } of bookParts(sheets, { title, font })) files[path] = joined(pieces);
  // Zip files keep a time of no zone; this one, made of local parts, is the same everywhere.
  return zipSync(files, { mtime: new Date(1980, 0, 1, 12) });
}

function sheetOf({ caption, columns, rows }: SavedTable, name: string, about: string, chinese: boolean): BookSheet {
  const kinds = columns.map(({ kind }, at): CellKind => {
    if (TEXTS.has(kind)) return kind as CellKind;
    // Of a packet that somebody changed a figure may be anything; so it is shown, and so it is saved.
    const isFigure = FIGURES.has(kind) && rows.every((row) => row[at] === '' || DECIMAL.test(row[at] ?? ''));
    return isFigure ? (kind as CellKind) : 'text';
  });
  const own = columns.map(
    ({ head, total }, at): SheetColumn => ({
      head,
      kind: kinds[at] ?? 'text',
      ...(total && FIGURES.has(kinds[at] ?? '') ? { total } : {}),
    }),
  );
  const hasTotals = own.some(({ total }) => total === true);
  return {
    name,
    title: [caption, about],
    columns: own,
    rows: rows as readonly (readonly Cell[])[],
    ...(hasTotals ? { total: chinese ? '合计' : 'Total' } : {}),
    filter: true,
  };
}

/** Sheets are named once, in at most 31 characters, none of which has a meaning in formulas. */
function nameOf(asked: string, names: Set<string>): string {
  const plain =
    asked
      .replace(/[[\]:*?/\\']/g, ' ')
      .trim()
      .slice(0, 27) || '1';
  let name = plain;
  for (let number = 2; names.has(name.toLowerCase()); number += 1) name = `${plain} ${number}`;
  names.add(name.toLowerCase());
  return name;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
