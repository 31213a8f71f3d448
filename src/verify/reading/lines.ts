import { isUtf8 } from 'node:buffer';
import { createHash, type Hash } from 'node:crypto';
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { type LineSource, LONGEST_RECORD } from './line-source.js';

const CHUNK = 1 << 18;
const LF = 10;
const BEYOND_ASCII = /[\x80-\xff]/;

/** The bytes of a file from one line's beginning up to another's. */
export interface Range {
  from: number;
  to: number;
}

const WHOLE: Range = { from: 0, to: Infinity };

/**
 * The lines of a file, one at a time, while its bytes are hashed: a file is read once, and memory holds a chunk of it.
 * Reading is synchronous so that several files can be merged row by row. A line is a text of its bytes, one character
 * each (latin1): most cells hold nothing beyond ASCII, and decoding those that may is left to who knows them.
 */
export class FileLines implements LineSource {
  bytesRead = 0;
  plain = true;
  private readonly fd: number;
  /** A part that begins later leaves the hash to the one that begins the file. */
  private readonly hash: Hash | undefined;
  private buffer = Buffer.allocUnsafe(CHUNK * 2);
  private kept = 0;
  private chunk = '';
  private at = 0;
  private ended = false;
  private abandoned = false;
  private unreadable = false;
  /** Where the next chunk is read, and where the lines end. */
  private position: number;
  private to: number;

  /** `report` hears what is wrong with the file as a whole. */
  constructor(
    path: string,
    private readonly report: (found: string, expected: string) => void,
    { from, to }: Range = WHOLE,
  ) {
    this.fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    this.position = from;
    this.to = to;
    this.hash = from === 0 ? createHash('sha256') : undefined;
  }

  decode(bytes: string): string {
    return BEYOND_ASCII.test(bytes) ? Buffer.from(bytes, 'latin1').toString('utf8') : bytes;
  }

  next(): string | undefined {
    while (this.at >= this.chunk.length) {
      if (this.ended) return undefined;
      this.fill();
    }
    const end = this.chunk.indexOf('\n', this.at);
    const line = this.chunk.slice(this.at, end);
    this.at = end + 1;
    return line;
  }

  putBack(lines: string): void {
    if (lines === '') return;
    this.chunk = lines + this.chunk.slice(this.at);
    this.at = 0;
    this.plain = false;
  }

  /** Closes the file as well; of a later part the hash is ''. */
  finish(): string {
    while (this.hashOn());
    closeSync(this.fd);
    return this.hash?.digest('hex') ?? '';
  }

  hashOn(): boolean {
    this.to = Infinity;
    this.kept = 0;
    return this.hash !== undefined && this.read() > 0;
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
    // Wherever chunks begin, which differs between the readers of parts, only a buffer's first line can be that long.
    const first = this.kept > LONGEST_RECORD - CHUNK ? this.buffer.subarray(0, filled).indexOf(LF) : 0;
    if (first > LONGEST_RECORD) {
      this.abandon(first);
      return;
    }
    if (end > 0) this.take(end);
    this.buffer.copyWithin(0, end, filled);
    this.kept = filled - end;
    if (this.kept > LONGEST_RECORD) this.abandon(this.kept);
  }

  /** Gives the file's lines up: from here on it is only hashed. */
  private abandon(length: number): void {
    this.report(`${length} bytes without a line end`, 'a record');
    this.abandoned = true;
    this.kept = 0;
  }

  /** A chunk's bytes, hashed; a file that can't be read further is reported and ends there. */
  private read(): number {
    const most = Math.min(CHUNK, this.to - this.position);
    if (most <= 0) return 0;
    try {
      const got = readSync(this.fd, this.buffer, this.kept, most, this.position);
      this.hash?.update(this.buffer.subarray(this.kept, this.kept + got));
      this.position += got;
      this.bytesRead += got;
      return got;
    } catch (error) {
      if (!this.unreadable) this.report(String(error), 'a file that can be read');
      this.unreadable = true;
      return 0;
    }
  }

  private take(end: number): void {
    const bytes = this.buffer.subarray(0, end);
    if (!isUtf8(bytes)) this.report('bytes that are not UTF-8', 'UTF-8');
    this.chunk = bytes.toString('latin1');
    this.plain = !this.chunk.includes('"') && !this.chunk.includes('\r');
  }

  private lastLine(filled: number): void {
    this.report('no line end', 'LF at the end of the last line');
    this.take(filled);
    this.chunk += '\n';
    this.kept = 0;
  }
}
