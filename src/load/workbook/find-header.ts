import { type Column, isCalled, type Kind, lackingOf } from '../../exports/column-types.js';
import { joined } from '../../words/said.js';
import { say } from '../../words/say.js';
import { called, found, type Header, namesOf, readHeader, withColumns } from '../csv/header.js';
import { isBlank } from '../csv/strict-csv.js';
import type { ExportFile } from '../folder.js';
import { empty } from '../formats.js';
import { unusable } from '../unusable.js';
import type { Archive } from './archive.js';
import { cellText, type Shared, unmarked } from './cells/cells.js';
import type { Sheet } from './parts.js';
import { firstRows, type RawRow } from './sheet.js';

/** A header stands among so many rows of its sheet. */
const MOST_ROWS = 30;
const LONGEST_TITLE = 80;

/** The sheet that is read, and what stands beside and above what is read of it. */
export interface Chosen {
  part: string;
  /** The sheet's row in which the header stands. */
  row: number;
  header: Header;
  /** Rows above the header that hold something; how many cells the fullest of them fills, and the first text. */
  titles: { rows: number; filled: number; first: string };
  /** The other sheets, and how many of them have such a header too. */
  others: { names: string[]; alike: number };
}

/** A row of a sheet as texts, from its first column on. */
interface TextRow {
  number: number;
  texts: string[];
}

interface Looked {
  sheet: Sheet;
  rows: TextRow[];
  /** The row that has every required column, if one has. */
  header: TextRow | undefined;
}

/** Looks for the first sheet that has a row with every required column among its first rows. */
export async function findHeader(
  archive: Archive,
  { name, kind }: ExportFile,
  sheets: readonly Sheet[],
  shared: Shared,
): Promise<Chosen> {
  const looked: Looked[] = [];
  for (const sheet of sheets) {
    const raw = sheet.part === undefined ? [] : await firstRows(archive, sheet.part, MOST_ROWS);
    const rows = raw.map((row) => textsOf(row, shared));
    looked.push({ sheet, rows, header: headerIn(rows, kind) });
  }
  const chosen = looked.find(({ header }) => header !== undefined);
  const part = chosen?.sheet.part;
  if (chosen?.header === undefined || part === undefined) throw withoutHeader(name, kind, looked);
  const { number, texts } = chosen.header;
  const others = looked.filter((one) => one !== chosen);
  return {
    part,
    row: number,
    header: readHeader(name, kind, texts, { line: number, unnamed: false }),
    titles: titlesOf(chosen.rows.filter((row) => row.number < number)),
    others: {
      names: others.map(({ sheet }) => sheet.name),
      alike: others.filter(({ header }) => header !== undefined).length,
    },
  };
}

function textsOf({ number, cells }: RawRow, shared: Shared): TextRow {
  const texts = Array.from({ length: (cells.at(-1)?.at ?? -1) + 1 }, () => '');
  for (const cell of cells) texts[cell.at] = unmarked(cellText(cell, undefined, number, shared));
  while (texts.length > 0 && isBlank(texts.at(-1) as string)) texts.pop();
  return { number, texts };
}

/** Where any one of several columns is enough, a title may look like it: one with another column beside it comes before. */
function headerIn(rows: readonly TextRow[], kind: Kind): TextRow | undefined {
  const fits = rows.filter(({ texts }) => lackingOf(kind, isNamedIn(texts)).length === 0);
  if (kind.either === undefined) return fits[0];
  return fits.find(({ texts }) => kind.columns.filter(isNamedIn(texts)).length > 1) ?? fits[0];
}

function isNamedIn(texts: readonly string[]): (column: Column) => boolean {
  const names = namesOf(texts);
  return (column) => names.some((name) => isCalled(column, name));
}

function titlesOf(rows: readonly TextRow[]): Chosen['titles'] {
  const filled = rows.map(({ texts }) => texts.filter((text) => !isBlank(text)));
  const titles = filled.filter(({ length }) => length > 0);
  return {
    rows: titles.length,
    filled: Math.max(0, ...titles.map(({ length }) => length)),
    first: [...(titles[0]?.[0]?.trim() ?? '')].slice(0, LONGEST_TITLE).join(''),
  };
}

/** Names the row that comes nearest to a header, and what it lacks. */
function withoutHeader(file: string, kind: Kind, looked: readonly Looked[]): Error {
  const rows = looked.flatMap(({ sheet, rows }) =>
    rows
      .filter(({ texts }) => texts.length > 0)
      .map((row) => ({ sheet, row, named: kind.columns.filter(isNamedIn(row.texts)) })),
  );
  if (rows.length === 0) return empty(file);
  const most = Math.max(...rows.map(({ named }) => named.length));
  const nearest = rows.find(({ named }) => named.length === most);
  const none = say('no sheet has a header with every required column of {name} among its first {MOST_ROWS} rows', {
    name: kind.name,
    MOST_ROWS,
  });
  if (nearest === undefined || most === 0) {
    const names = looked.map(({ sheet }) => sheet.name).join(', ');
    const lacking = lackingOf(kind, () => false).map(called);
    const needs = kind.either === undefined ? joined(lacking) : joined(lacking, ' or ', '或');
    return unusable(
      file,
      say('{none} (sheets: {names})', { none, names }),
      say('Give a sheet a header row with {needs}.', { needs }),
    );
  }
  const { sheet, row, named } = nearest;
  const lacking = lackingOf(kind, (column) => named.includes(column));
  const what = say('{none}; the nearest, in sheet {sheet}, lacks {columns}{more}', {
    none,
    sheet: sheet.name,
    columns: lacking.map(called),
    more: kind.secret ? '' : found(namesOf(row.texts).filter((name) => name !== '')),
  });
  return unusable(file, what, withColumns(kind.name, lacking), {
    line: row.number,
    column: lacking[0]?.name as string,
  });
}
