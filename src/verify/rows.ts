import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { textPlaces } from './columns.js';
import type { Differences } from './differences.js';

const CHUNK = 1 << 18;
/** No sound record comes near it; without a bound a file of one line would have to fit into memory. */
const LONGEST_RECORD = 1 << 20;
const LF = 10;

/** Texts that are kept decoded: tracks repeat, nicknames don't. */
const MOST_DECODED = 1000;
const BEYOND_ASCII = /[\x80-\xff]/;

/** What the manifest says of a file, as found: its hash and how many records follow the header. */
export interface FileFacts {
  sha256: string;
  rows: number;
}

/** A cell as the outputs write it: quoted only where it holds a comma, a quote, CR or LF. */
export function cellText(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The text that a text of bytes is in UTF-8. */
function decode(bytes: string): string {
  return BEYOND_ASCII.test(bytes) ? Buffer.from(bytes, 'latin1').toString('utf8') : bytes;
}

/** The cells of a record that has quotes; undefined where a quote is never closed or something follows a closing one. */
export function quotedCells(record: string): string[] | undefined {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    let end: number;
    if (record[at] === '"') {
      let close = record.indexOf('"', at + 1);
      while (close >= 0 && record[close + 1] === '"') close = record.indexOf('"', close + 2);
      if (close < 0) return undefined;
      cells.push(record.slice(at + 1, close).replaceAll('""', '"'));
      end = close + 1;
      if (end < record.length && record[end] !== ',') return undefined;
    } else {
      end = record.indexOf(',', at);
      if (end < 0) end = record.length;
      const cell = record.slice(at, end);
      if (cell.includes('"')) return undefined;
      cells.push(cell);
    }
    if (end >= record.length) return cells;
    at = end + 1;
  }
}

/** Whether a line leaves a quote open, or closes an open one: each quote opens, closes or doubles, so an odd number does. */
function turnsQuote(line: string): boolean {
  let odd = false;
  for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) odd = !odd;
  return odd;
}

/**
 * The records of one of the folder's CSV files, one at a time, while its bytes are hashed: a file is read once, and
 * memory holds a chunk of it. It reads the contract's one form of CSV and reports every other; a lenient parser would
 * have to be undone to find what it forgave. Reading is synchronous so that several files can be merged row by row.
 * A line is first a text of its bytes, one character each, and only the text columns' cells are decoded, which
 * spares most of the decoding.
 */
export class Rows {
  /** Records read after the header, broken ones too. */
  rows = 0;
  bytesRead = 0;
  readonly size: number;
  private readonly fd: number;
  private readonly hash = createHash('sha256');
  private readonly columns: number;
  private readonly textPlaces: readonly number[];
  private readonly decoded = new Map<string, string>();
  private buffer = Buffer.allocUnsafe(CHUNK * 2);
  private kept = 0;
  private chunk = '';
  private at = 0;
  private plain = true;
  private ended = false;
  private abandoned = false;
  private unreadable = false;

  constructor(
    path: string,
    readonly file: string,
    header: string,
    private readonly differences: Differences,
  ) {
    this.columns = header.split(',').length;
    this.textPlaces = textPlaces(header);
    this.fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    this.size = fstatSync(this.fd).size;
    const found = this.line();
    differences.compare(file, 'line 1', '', decode(found ?? ''), header);
  }

  /** The next record that has the header's number of cells; undefined at the end. */
  next(): string[] | undefined {
    for (;;) {
      const line = this.line();
      if (line === undefined) return undefined;
      this.rows += 1;
      const cells = this.plain ? line.split(',') : this.strictCells(line);
      if (cells === undefined) continue;
      if (cells.length === this.columns) {
        for (const place of this.textPlaces) cells[place] = this.text(cells[place] ?? '');
        return cells;
      }
      this.fault(line, `${this.columns} cells`);
    }
  }

  /** The text before the next line's first comma, for a pass that needs no more; undefined at the end. */
  nextFirstCell(): string | undefined {
    const line = this.line();
    if (line === undefined) return undefined;
    const comma = line.indexOf(',');
    return comma < 0 ? line : line.slice(0, comma);
  }

  /** Reads what is left, so that the hash is of the whole file, and closes it. */
  finish(): FileFacts {
    while (this.next() !== undefined);
    closeSync(this.fd);
    return { sha256: this.hash.digest('hex'), rows: this.rows };
  }

  private fault(found: string, expected: string): void {
    this.differences.add(this.file, `row ${this.rows}`, '', decode(found), decode(expected));
  }

  /** A text cell, decoded. */
  private text(bytes: string): string {
    const known = this.decoded.get(bytes);
    if (known !== undefined) return known;
    const text = decode(bytes);
    if (this.decoded.size >= MOST_DECODED) this.decoded.clear();
    // A copy as the key: a part of the chunk's text would keep the whole chunk.
    this.decoded.set(Buffer.from(bytes, 'latin1').toString('latin1'), text);
    return text;
  }

  /** The cells of a line in a chunk that holds a quote or CR somewhere; the record goes on while a quote is open. */
  private strictCells(line: string): string[] | undefined {
    let record = line;
    let open = turnsQuote(line);
    while (open) {
      const more = record.length > LONGEST_RECORD ? undefined : this.line();
      if (more === undefined) {
        this.fault(record, 'a quote that is closed');
        return undefined;
      }
      record += `\n${more}`;
      if (turnsQuote(more)) open = false;
    }
    const cells = quotedCells(record);
    if (cells === undefined) {
      this.fault(record, 'quotes around whole cells');
      return undefined;
    }
    const canonical = cells.map(cellText).join(',');
    if (canonical !== record) this.fault(record, canonical);
    return cells;
  }

  private line(): string | undefined {
    while (this.at >= this.chunk.length) {
      if (this.ended) return undefined;
      this.fill();
    }
    const end = this.chunk.indexOf('\n', this.at);
    const line = this.chunk.slice(this.at, end);
    this.at = end + 1;
    return line;
  }

  /** Takes in a chunk; `chunk` becomes its whole lines (an LF byte is never part of another character). */
  private fill(): void {
    if (this.kept + CHUNK > this.buffer.length) {
      this.buffer = Buffer.concat([this.buffer.subarray(0, this.kept)], this.kept + 2 * CHUNK);
    }
    const got = this.read();
    const filled = this.kept + got;
    this.at = 0;
    this.chunk = '';
    if (got === 0) {
      this.ended = true;
      if (filled > 0) this.lastLine(filled);
      return;
    }
    if (this.abandoned) return;
    const end = this.buffer.lastIndexOf(LF, filled - 1) + 1;
    if (end > 0) this.take(end);
    this.buffer.copyWithin(0, end, filled);
    this.kept = filled - end;
    if (this.kept > LONGEST_RECORD) {
      this.fault(`${this.kept} bytes without a line end`, 'a record');
      this.abandoned = true;
      this.kept = 0;
    }
  }

  /** A chunk's bytes, hashed; a file that can't be read further is reported and ends there. */
  private read(): number {
    try {
      const got = readSync(this.fd, this.buffer, this.kept, CHUNK, null);
      this.hash.update(this.buffer.subarray(this.kept, this.kept + got));
      this.bytesRead += got;
      return got;
    } catch (error) {
      if (!this.unreadable) this.fault(String(error), 'a file that can be read');
      this.unreadable = true;
      return 0;
    }
  }

  private take(end: number): void {
    const bytes = this.buffer.subarray(0, end);
    if (!isUtf8(bytes)) this.fault('bytes that are not UTF-8', 'UTF-8');
    this.chunk = bytes.toString('latin1');
    this.plain = !this.chunk.includes('"') && !this.chunk.includes('\r');
  }

  private lastLine(filled: number): void {
    this.fault('no line end', 'LF at the end of the last line');
    this.take(filled);
    this.chunk += '\n';
    this.kept = 0;
  }
}
