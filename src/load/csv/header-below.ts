import { type Column, isCalled, type Kind } from '../../exports/column-types.js';
import { firstBytes } from '../formats.js';
import { trimCell } from './trim.js';

/** A line that looks like the header more than the first one does. */
export interface Below {
  line: number;
  /** Required columns that it lacks too. */
  lacking: Column[];
}

/** So many lines and bytes are looked at for titles that stand above a header. */
const MOST_LINES = 30;
const MOST_BYTES = 1 << 16;

/**
 * Looks for the header of a text below its first line: the line that names the most columns, more than the first and at
 * least half of those required, two at the least. For a hint alone, so a line is taken apart at its commas whatever its quotes.
 */
export function headerBelow(path: string, kind: Kind): Below | undefined {
  const text = firstBytes(path, MOST_BYTES)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  const named = text.split(/\r?\n/, MOST_LINES).map((line) => columnsIn(line, kind));
  const required = kind.columns.filter(({ required }) => required);
  const counts = named.map((columns) => columns.size);
  const most = Math.max(...counts);
  const at = counts.indexOf(most);
  const known = required.filter((column) => named[at]?.has(column)).length;
  if (at === 0 || most < 2 || 2 * known < required.length) return undefined;
  return { line: at + 1, lacking: required.filter((column) => !named[at]?.has(column)) };
}

function columnsIn(line: string, { columns }: Kind): Set<Column> {
  const names = line.split(',').map((cell) => trimCell(cell).replace(/^"(.*)"$/, '$1'));
  return new Set(columns.filter((column) => names.some((name) => isCalled(column, name))));
}
