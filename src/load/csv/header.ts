import { type Column, isCalled, type Kind, lackingOf } from '../../exports/column-types.js';
import { joined, type Wording } from '../../words/said.js';
import { say } from '../../words/say.js';
import { unusable } from '../unusable.js';
import type { Below } from './header-below.js';
import { trimCell } from './trim.js';

/** Where each known column of a file stands, and what else its header names. */
export interface Header {
  /** Cells in every record. */
  width: number;
  /** Each with the name that the file has for it. */
  columns: { column: Column; at: number; called: string }[];
  /** Ignored, and named once in the summary. */
  unknown: string[];
}

/** The known columns of a file, in its order. */
export function columnsOf({ columns }: Header): Column[] {
  return columns.map(({ column }) => column);
}

/** What is known of a header besides its cells. */
export interface HeaderPlace {
  /** Where it stands; usually the first line. */
  line?: number;
  /** Looks for a line that is rather the header. */
  below?: () => Below | undefined;
  /** Whether cells in front that name nothing are columns all the same; a sheet's table may begin anywhere. */
  unnamed?: boolean;
}

/** The names in a header's cells. */
export function namesOf(cells: readonly string[]): string[] {
  return cells.map(trimCell);
}

/** Reads a header row: columns in any order, in English or Chinese. */
export function readHeader(
  file: string,
  kind: Kind,
  cells: readonly string[],
  { line = 1, below = () => undefined, unnamed = true }: HeaderPlace = {},
): Header {
  const names = namesOf(cells);
  const first = unnamed ? 0 : names.findIndex((name) => name !== '');
  const columns: Header['columns'] = [];
  const unknown: string[] = [];
  const repeated: Column[] = [];
  for (const [at, name] of names.entries()) {
    const column = kind.columns.find((known) => isCalled(known, name));
    if (column === undefined) unknown.push(...(at < first ? [] : [name]));
    else if (columns.some((earlier) => earlier.column === column)) repeated.push(column);
    else columns.push({ column, at, called: name });
  }
  const absent = lackingOf(kind, (column) => columns.some((present) => present.column === column));
  if (absent.length + repeated.length > 0) {
    const titled = absent.length > 0 ? below() : undefined;
    throw refused(file, kind, { line, names, repeated, absent }, titled && removeAbove(titled));
  }
  return { width: cells.length, columns, unknown: [...new Set(unknown)] };
}

/** What is wrong with a header. */
interface Misfit {
  line: number;
  names: readonly string[];
  /** Columns that it has again. */
  repeated: readonly Column[];
  /** Required columns that it lacks. */
  absent: readonly Column[];
}

/** All that is wrong with a header, at once. */
function refused(file: string, kind: Kind, { line, names, repeated, absent }: Misfit, fix: Wording | undefined): Error {
  const faults = [
    ...repeated.map(twice),
    ...(absent.length > 0 ? [lacking(kind, absent, kind.secret ? undefined : names)] : []),
  ];
  const column = (repeated[0] ?? absent[0])?.name as string;
  return unusable(
    file,
    say('the header {faults}', { faults: joined(faults, '; and it ', '；并且') }),
    fix ?? divided(names) ?? fixOf(kind, absent),
    {
      line,
      column,
    },
  );
}

function fixOf({ name, either }: Kind, absent: readonly Column[]): Wording {
  if (absent.length === 0) return say('Keep one of the two.');
  if (either !== undefined) return say('Export the {kind} with one of them.', { kind: name });
  return withColumns(name, absent);
}

/** What to do about columns that a header lacks. */
export function withColumns(kind: string, { length }: readonly Column[]): Wording {
  const fix =
    length === 1
      ? say('Export the {kind} with that column.', { kind })
      : say('Export the {kind} with those columns.', { kind });
  return say('{fix} What another system calls otherwise, "columns" of settle.yaml names.', { fix });
}

function removeAbove({ line, lacking }: Below): Wording {
  const more = lacking.length === 0 ? '' : say(' It lacks {columns} too.', { columns: lacking.map(called) });
  return say('Line {line} looks like the header: remove the lines above it.{more}', { line, more });
}

/** A column by both of its names. */
export function called(column: Column): Wording {
  return say('{name} ({chinese})', { name: column.name, chinese: column.chinese });
}

function twice(column: Column): Wording {
  return say('has the column {column} twice', { column: called(column) });
}

const OTHER_DIVIDERS = [
  [';', say('semicolons')],
  ['\t', say('tabs')],
  ['|', say('bars')],
] as const;

/** What to do where all names stand in one cell, because something else than a comma is between them. */
function divided([only = '', ...more]: readonly string[]): Wording | undefined {
  if (more.length > 0) return undefined;
  const divider = OTHER_DIVIDERS.find(([mark]) => only.includes(mark));
  return divider && say('Its cells are divided by {divider}: save it as CSV with commas.', { divider: divider[1] });
}

/** `names`: what stands there instead, unless it is shown to nobody. */
function lacking({ either }: Kind, columns: readonly Column[], names: readonly string[] | undefined): Wording {
  const all = columns.map(called);
  const values = {
    columns: either === undefined ? joined(all) : joined(all, ' or ', '或'),
    more: names === undefined ? '' : found(names),
  };
  return columns.length === 1 || either !== undefined
    ? say('lacks the column {columns}{more}', values)
    : say('lacks the columns {columns}{more}', values);
}

/** What stands in a header, marks that nobody sees included. */
export function found(names: readonly string[]): Wording {
  const shown = names.map((name) => JSON.stringify(name)).join(', ');
  return say('; it has {found}', { found: shown.slice(0, 300) });
}
