import { rmSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { pieces } from '../../disk/pieces.js';
import { PieceWriter } from '../../disk/writing.js';
import type { CsvRecord } from './strict-csv.js';

/** With more lines that need their quotes, or more bytes in them, little would be won. */
const MOST_LINES = 10_000;
const MOST_BYTES = 1 << 26;
/** The fast reader drops longer ones. */
const LONGEST_LINE = 1_000_000;

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;

export interface Plain {
  /** Bytes of the copy. */
  size: number;
  lineEnd: '\n' | '\r\n';
  /** Records whose cells need their quotes: blank cells stand in their lines. */
  records: CsvRecord[];
}

/**
 * Where each line of a text is one record: at `target` a copy of it whose lines hold no quotes, the header's apart. Cells
 * without commas and quotes read the same without those around them; few lines may hold others, which are set aside.
 * Undefined, and no copy stays, where any of that isn't so; the strict reader then says what is wrong, if anything.
 */
export async function plainCopy(
  path: string,
  lineEnd: Plain['lineEnd'],
  width: number,
  target: string,
): Promise<Plain | undefined> {
  const lines = new PlainLines(lineEnd, width);
  const copy = new PieceWriter(target);
  let plain = true;
  try {
    for await (const block of wholeLines(path)) {
      plain = block !== undefined && lines.take(block, (text) => copy.write(text));
      if (!plain) break;
    }
  } finally {
    copy.close();
  }
  const records = plain ? lines.records() : undefined;
  if (records === undefined) rmSync(target);
  return records && { size: lines.size, lineEnd, records };
}

/** A text's lines, as many at a time as a piece holds; undefined for a line that is too long. */
async function* wholeLines(path: string): AsyncGenerator<Buffer | undefined> {
  let begun: Buffer = Buffer.alloc(0);
  for await (const piece of pieces(path)) {
    const end = piece.lastIndexOf(LF) + 1;
    if (begun.length + end > LONGEST_LINE + piece.length) return yield undefined;
    if (end > 0) yield Buffer.concat([begun, piece.subarray(0, end)]);
    begun = end > 0 ? Buffer.from(piece.subarray(end)) : Buffer.concat([begun, piece]);
  }
  if (begun.length > 0) yield begun;
}

class PlainLines {
  readonly #lineEnd: Buffer;
  readonly #width: number;
  #header: Buffer | undefined;
  #lines = 0;
  #bytes = 0;
  readonly #aside: { line: number; text: Buffer }[] = [];
  #asideBytes = 0;

  constructor(lineEnd: Plain['lineEnd'], width: number) {
    this.#lineEnd = Buffer.from(lineEnd);
    this.#width = width;
  }

  /** Bytes of the copy so far. */
  get size(): number {
    return this.#bytes;
  }

  /** Writes lines without their quotes; false where their ends differ, or too much would be set aside. */
  take(block: Buffer, write: (text: Buffer) => void): boolean {
    const copy = Buffer.allocUnsafe(block.length);
    const returns = this.#lineEnd.length - 1;
    let size = 0;
    let ended = 0;
    for (let start = 0; start < block.length; ) {
      const feed = block.indexOf(LF, start);
      const end = feed < 0 ? block.length : feed - returns;
      if (feed >= 0 && returns > 0 && block[end] !== CR) return false;
      size = this.#copyLine(block, start, end, copy, size);
      if (size < 0) return false;
      if (feed >= 0) {
        size += this.#lineEnd.copy(copy, size);
        ended += 1;
      }
      start = feed < 0 ? end : feed + 1;
    }
    if (returns > 0 && count(CR, block) !== ended) return false;
    write(copy.subarray(0, size));
    this.#bytes += size;
    return this.#aside.length <= MOST_LINES && this.#asideBytes <= MOST_BYTES;
  }

  /** Gives where the copy ends then; -1 where a line can't be as wide as the header says. */
  #copyLine(block: Buffer, start: number, end: number, copy: Buffer, size: number): number {
    this.#lines += 1;
    if (this.#header === undefined) {
      this.#header = Buffer.from(block.subarray(start, end));
      return size + this.#header.copy(copy, size);
    }
    const plain = copyPlain(block, start, end, copy, size);
    if (plain >= 0) return plain;
    const blanks = this.#width - 1;
    if (end - start < blanks) return -1;
    this.#aside.push({ line: this.#lines, text: Buffer.from(block.subarray(start, end)) });
    this.#asideBytes += end - start;
    copy.fill(COMMA, size, size + blanks);
    return size + blanks;
  }

  /** What was set aside; undefined unless the header and each such line are one whole record, as wide as the header says. */
  records(): CsvRecord[] | undefined {
    const found = wholeRecords([this.#header ?? Buffer.alloc(0), ...this.#aside.map(({ text }) => text)]);
    if (found?.some((cells) => cells.length !== this.#width) !== false) return undefined;
    return this.#aside.map(({ line }, at) => ({ line, cells: found[at + 1] as string[] }));
  }
}

/**
 * Copies a line without the quotes around its cells. Gives where the copy ends then; -1 where a cell needs its quotes, and
 * for one blank cell in quotes, whose copy would be no line.
 */
function copyPlain(text: Buffer, start: number, end: number, copy: Buffer, size: number): number {
  let to = size;
  for (let at = start; at < end; at += 1) {
    const quoted = text[at] === QUOTE;
    if (quoted) at += 1;
    while (at < end && text[at] !== COMMA && text[at] !== QUOTE) copy[to++] = text[at++] as number;
    if (quoted !== (at < end && text[at] === QUOTE)) return -1;
    if (quoted) at += 1;
    if (at === end) break;
    if (text[at] !== COMMA) return -1;
    copy[to++] = COMMA;
  }
  return to === size && end > start ? -1 : to;
}

function count(byte: number, text: Buffer): number {
  let found = 0;
  for (let at = text.indexOf(byte); at >= 0; at = text.indexOf(byte, at + 1)) found += 1;
  return found;
}

/** The record of each line; a quote that isn't closed where it should be makes fewer records than lines, or a fault. */
function wholeRecords(lines: readonly Buffer[]): string[][] | undefined {
  try {
    const text = Buffer.concat(lines.flatMap((line) => [line, Buffer.from([LF])]));
    const records: string[][] = parse(text, { bom: true, relax_column_count: true, record_delimiter: '\n' });
    return records.length === lines.length ? records : undefined;
  } catch {
    return undefined;
  }
}
