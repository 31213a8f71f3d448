import type { Column } from '../../../exports/column-types.js';
import type { Header } from '../../csv/header.js';
import type { RawCell } from '../sheet.js';
import type { DateStyle } from './date-formats.js';
import { numberIn } from './numbers.js';

/** Formulas of a column, and those of them whose kept result is zero. */
export interface Formulas {
  cells: number;
  zeros: number;
}

/**
 * What the cells of a workbook show besides what they say: programs that don't compute write a zero as a formula's result,
 * merged cells hold something in the first of them alone, and a format without seconds may have lost them.
 */
export class CellLooks {
  /** By column, of those that hold figures. */
  readonly formulas = new Map<string, Formulas>();
  /** Cells of known columns, below the header, that are blank because they are merged with another. */
  merged = 0;
  /** Date cells of times and dates that end with Z: read as the clock that they show. */
  zoned = 0;
  readonly #places: readonly number[];
  readonly #row: number;
  readonly #dates: readonly DateStyle[];
  /** Times under a format that shows no seconds, and those of them that are of a whole minute. */
  readonly #unshown = { times: 0, whole: 0 };

  constructor({ columns }: Header, row: number, dates: readonly DateStyle[]) {
    this.#places = columns.map(({ at }) => at);
    this.#row = row;
    this.#dates = dates;
  }

  /** Takes a cell of a known column with the text that it was read as. */
  see({ type, style, value, formula }: RawCell, column: Column, text: string): void {
    if (column.type === 'time' && this.#dates[style] === 'minutes' && column.required) {
      this.#unshown.times += 1;
      if (WHOLE_MINUTE.test(text)) this.#unshown.whole += 1;
    }
    if (type === 'd' && (column.type === 'time' || column.type === 'date') && value?.trim().endsWith('Z'))
      this.zoned += 1;
    if (formula === undefined || !(column.type === 'decimal' || column.type === 'integer')) return;
    const found = this.formulas.get(column.name) ?? { cells: 0, zeros: 0 };
    this.formulas.set(column.name, found);
    found.cells += 1;
    if (type === 'n' && numberIn(value?.trim() ?? '') === 0) found.zeros += 1;
  }

  /**
   * Times that have lost their seconds: those of whole minutes under a format that shows none. One time in sixty is of a
   * whole minute by chance: where hardly more are, the format hides seconds that are there. Rows of a system that keeps none,
   * put beside others, are more.
   */
  get minutes(): number {
    const { times, whole } = this.#unshown;
    const isChance = whole <= FEW || whole * 60 <= MORE_THAN_CHANCE * times;
    return isChance && 2 * whole < times ? 0 : whole;
  }

  /** Takes a place of merged cells, `B2:C5`, of a sheet with so many rows. */
  seeMerged(place: string, lastRow: number): void {
    const [, left, top, right, bottom] = PLACE.exec(place) ?? [];
    if (left === undefined || right === undefined) return;
    const [from, to] = [columnAt(left), columnAt(right)];
    const [first, last] = [Number(top), Math.min(Number(bottom), lastRow)];
    const rows = last - Math.max(first, this.#row + 1) + 1;
    if (rows <= 0) return;
    const columns = this.#places.filter((at) => at >= from && at <= to);
    const holdsFirst = columns.includes(from) && first > this.#row;
    this.merged += rows * columns.length - (holdsFirst ? 1 : 0);
  }
}

/** Three times what chance brings, and of few times some. */
const MORE_THAN_CHANCE = 3;
const FEW = 3;
const WHOLE_MINUTE = /^\d{4}-\d\d-\d\d \d\d:\d\d:00$/;
const PLACE = /^\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)$/i;

/** From 0. */
function columnAt(letters: string): number {
  return [...letters.toUpperCase()].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
