import type { SettleError } from '../../../core/errors.js';
import type { Column } from '../../../exports/column-types.js';
import { say } from '../../../words/say.js';
import type { SharedStrings } from '../shared-strings.js';
import type { RawCell } from '../sheet.js';
import { escapedText } from '../texts.js';
import { damaged } from '../unusable-workbook.js';
import type { DateStyle } from './date-formats.js';
import { clockOf, clockOfIso, decimalText, numberIn } from './numbers.js';

/** What cells are read with: all that a workbook says of them in one place for many. */
export interface Shared {
  file: string;
  strings: SharedStrings;
  /** By style, whether its numbers are dates, and how they are shown. */
  dates: readonly DateStyle[];
  from1904: boolean;
}

/**
 * Stands before a cell that is a fault in whatever column it is: an error, a formula without a result, an id that a
 * spreadsheet has rounded. It has no place in a sound cell of any column, and isn't shown (macro `unmarked`).
 */
const MARK = '\u0001\u0002';

/** A text as it is shown. */
export function unmarked(text: string): string {
  return text.startsWith(MARK) ? text.slice(MARK.length) : text;
}

/** Numbers from here on have lost digits where they are ids. */
const ROUNDED = 1e15;

/** The text that a CSV would hold for a cell of a column; undefined stands for a column that nobody knows. */
export function cellText(cell: RawCell, column: Column | undefined, row: number, shared: Shared): string {
  const { type, value = '', formula } = cell;
  switch (type) {
    case 's':
      return value === '' ? withoutValue(formula) : text(sharedText(cell, value, row, shared));
    case 'str':
      return cell.value === undefined ? withoutValue(formula) : text(escapedText(value));
    case 'inlineStr':
      return text(value);
    case 'b':
      if (value === '') return withoutValue(formula);
      return /^(1|true)$/i.test(value.trim()) ? 'TRUE' : 'FALSE';
    case 'e':
      return value === '' ? withoutValue(formula) : `${MARK}${value}`;
    case 'd':
      return value === '' ? withoutValue(formula) : (dateText(clockOfIso(value.trim()), column) ?? text(value));
    default:
      return value.trim() === '' ? withoutValue(formula) : numberText(value.trim(), cell.style, column, shared);
  }
}

/** A cell that has nothing in it is blank; a formula whose result wasn't kept is none. */
function withoutValue(formula: string | undefined): string {
  return formula === undefined ? '' : `${MARK}=${formula}`;
}

/** A text that begins like the mark keeps its own. */
function text(given: string): string {
  return given.startsWith(MARK) ? `${MARK}${given}` : given;
}

function sharedText(cell: RawCell, value: string, row: number, { strings, file }: Shared): string {
  const found = /^\s*\d+\s*$/.test(value) ? strings.text(Number(value)) : undefined;
  if (found === undefined) throw noSuchString(file, cell, row, value, strings.count);
  return found;
}

function noSuchString(file: string, { at }: RawCell, row: number, value: string, count: number): SettleError {
  const what = say('cell {column}{row} refers to the text {value}, and there are {count}', {
    column: columnName(at),
    row,
    value,
    count,
  });
  return damaged(file, what, { line: row });
}

/** `AB` of 27. */
export function columnName(at: number): string {
  const last = String.fromCharCode(65 + (at % 26));
  return at < 26 ? last : `${columnName(Math.floor(at / 26) - 1)}${last}`;
}

function numberText(written: string, style: number, column: Column | undefined, shared: Shared): string {
  const number = numberIn(written);
  if (number === undefined) return `${MARK}${written}`;
  const isTime = column?.type === 'time' || column?.type === 'date';
  if (isTime && (shared.dates[style] ?? 'none') !== 'none') {
    const clock = dateText(clockOf(number, shared.from1904), column);
    if (clock !== undefined) return clock;
  }
  const decimal = decimalText(number);
  if (column?.holds !== 'id') return decimal;
  return decimal.includes('.') || Math.abs(Number(decimal)) >= ROUNDED ? `${MARK}${decimal}` : decimal;
}

/** In a date column midnight is the day. In other columns than those of times a date is no date. */
function dateText(clock: string | undefined, column: Column | undefined): string | undefined {
  if (column?.type === 'time') return clock;
  return column?.type === 'date' ? clock?.replace(/ 00:00:00$/, '') : undefined;
}
