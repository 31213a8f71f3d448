import type { Wording } from '../../words/said.js';
import { say } from '../../words/say.js';
import type { Archive } from './archive.js';
import { TextOf } from './texts.js';
import { damaged } from './unusable-workbook.js';
import { SPREADSHEET, XmlPart } from './xml.js';

/** A cell as the sheet's part has it. */
export interface RawCell {
  /** Its column, from 0. */
  at: number;
  /** What the value is: `n` a number, `s` the number of a shared string, `str` and `inlineStr` text, `b`, `e`, `d` an ISO date. */
  type: string;
  style: number;
  value: string | undefined;
  /** The formula that the value is the kept result of; blank where another cell has its text. */
  formula: string | undefined;
}

export interface RawRow {
  /** From 1, as the program shows it. */
  number: number;
  cells: RawCell[];
}

/** Takes a place of merged cells, `B2:B5`, and the number of the sheet's last row. */
export type OnMerged = (place: string, last: number) => void;

const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;
const WORKSHEET = { name: 'worksheet', spaces: SPREADSHEET };

/** The rows of a sheet in turn, some at a time; one without cells may lack. Behind them stand the merged cells. */
export async function* rowsOf(archive: Archive, part: string, onMerged: OnMerged): AsyncGenerator<RawRow[]> {
  const sheet = new SheetRows(archive.file, part, onMerged);
  const xml = new XmlPart(archive.file, part, WORKSHEET, sheet);
  for await (const piece of archive.read(part)) {
    xml.write(piece);
    yield sheet.take();
  }
  xml.end();
  yield sheet.take();
}

/** The rows of a sheet up to the given one; that no byte of the rest has changed is looked at too. */
export async function firstRows(archive: Archive, part: string, last: number): Promise<RawRow[]> {
  const sheet = new SheetRows(archive.file, part);
  const xml = new XmlPart(archive.file, part, WORKSHEET, sheet);
  const rows: RawRow[] = [];
  let ended = false;
  for await (const piece of archive.read(part)) {
    if (ended) continue;
    xml.write(piece);
    rows.push(...sheet.take());
    ended = (rows.at(-1)?.number ?? 0) > last;
  }
  if (!ended) xml.end();
  return [...rows, ...sheet.take()].filter(({ number }) => number <= last);
}

/** Takes rows and cells out of a sheet's elements. Rows and cells without a place follow the one before. */
class SheetRows {
  readonly #file: string;
  readonly #part: string;
  readonly #onMerged: OnMerged;
  readonly #inline = new TextOf();
  #rows: RawRow[] = [];
  #last = 0;
  #within = false;
  #row: RawRow | undefined;
  /** Whether the row says itself which it is. */
  #numbered = false;
  #cell: RawCell | undefined;
  /** The element whose text is taken. */
  #taken: 'v' | 'f' | 'is' | undefined;

  constructor(file: string, part: string, onMerged: OnMerged = () => undefined) {
    this.#file = file;
    this.#part = part;
    this.#onMerged = onMerged;
  }

  /** The rows that have ended since. */
  take(): RawRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#taken === 'is') this.#inline.open(name);
    else if (this.#cell !== undefined) this.#openInCell(this.#cell, name);
    else if (name === 'c' && this.#row !== undefined) this.#openCell(this.#row, attributes);
    else if (name === 'row' && this.#within) this.#openRow(attributes.r);
    else if (name === 'sheetData') this.#within = true;
    else if (name === 'mergeCell') this.#onMerged(attributes.ref ?? '', this.#last);
  }

  #openRow(place: string | undefined): void {
    const number = place === undefined ? this.#last + 1 : Number(place);
    this.#numbered = place !== undefined;
    this.#row = { number, cells: [] };
    this.#check(number);
  }

  #check(number: number): void {
    if (!(Number.isInteger(number) && number > this.#last && number <= MOST_ROWS))
      throw this.#damaged(say('row {number} stands behind row {last}', { number, last: this.#last }));
  }

  #openCell(row: RawRow, { r, t = 'n', s = '0' }: Readonly<Record<string, string>>): void {
    const at = r === undefined ? (row.cells.at(-1)?.at ?? -1) + 1 : this.#placeIn(row, r);
    if (at >= MOST_COLUMNS)
      throw this.#damaged(say('row {number} has more than {MOST_COLUMNS} cells', { number: row.number, MOST_COLUMNS }));
    this.#cell = { at, type: t, style: Number(s), value: undefined, formula: undefined };
    row.cells.push(this.#cell);
  }

  /** The column of a cell's place, from 0; a row that doesn't say which it is, is that of its first cell. */
  #placeIn(row: RawRow, place: string): number {
    let [column, at] = [0, 0];
    for (; at < place.length; at += 1) {
      const letter = (place.charCodeAt(at) | 0x20) - 0x60;
      if (letter < 1 || letter > 26) break;
      column = column * 26 + letter;
    }
    const number = Number(place.slice(at));
    if (!this.#numbered && number !== row.number) {
      row.number = number;
      this.#check(number);
    }
    this.#numbered = true;
    if (column === 0 || number !== row.number)
      throw this.#damaged(say('row {number} has a cell {place}', { number: row.number, place }));
    return column - 1;
  }

  #openInCell(cell: RawCell, name: string): void {
    if (name === 'v') {
      this.#taken = 'v';
      cell.value ??= '';
    } else if (name === 'f') {
      this.#taken = 'f';
      cell.formula = '';
    } else if (name === 'is') {
      this.#taken = 'is';
      this.#inline.begin();
    }
  }

  text(text: string): void {
    const cell = this.#cell;
    if (cell === undefined || this.#taken === undefined) return;
    if (this.#taken === 'v') cell.value += text;
    else if (this.#taken === 'f') cell.formula += text;
    else this.#inline.add(text);
  }

  close(name: string): void {
    if (this.#taken === 'is' && name !== 'is') this.#inline.close(name);
    else if (name === this.#taken) {
      if (name === 'is' && this.#cell !== undefined) {
        this.#cell.value = this.#inline.end();
        this.#cell.type = 'inlineStr';
      }
      this.#taken = undefined;
    } else if (name === 'c') this.#cell = undefined;
    else if (name === 'row' && this.#row !== undefined) this.#endRow(this.#row);
    else if (name === 'sheetData') this.#within = false;
  }

  #endRow(row: RawRow): void {
    const { cells, number } = row;
    if (cells.some(({ at }, place) => at <= (cells[place - 1]?.at ?? -1))) {
      cells.sort((a, b) => a.at - b.at);
      if (cells.some(({ at }, place) => at === cells[place - 1]?.at))
        throw this.#damaged(say('row {number} has two cells in one place', { number }));
    }
    this.#last = number;
    this.#row = undefined;
    this.#rows.push(row);
  }

  where(): string {
    return this.#row === undefined ? '' : `, row ${this.#row.number}`;
  }

  #damaged(what: Wording): Error {
    return damaged(this.#file, say('{part}: {what}', { part: this.#part, what }), {
      line: this.#row?.number ?? this.#last,
    });
  }
}
