import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  closeSync,
  copyFileSync,
  createReadStream,
  createWriteStream,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  symlinkSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ExportFile } from './folder.js';
import { unusable } from './unusable.js';

/** What one pass over a file's bytes tells. */
export interface Scan {
  /** Of the file as it lies in the folder. */
  sha256: string;
  /** Where its text can be read: a link or an unpacked or transcoded copy, under a name without special characters. */
  path: string;
  /** Lines are what line feeds end, and a last one without. */
  lines: number;
  /**
   * Set where the record boundaries are certain by the bytes alone, so that the fast reader can be trusted with it.
   * `padded`: some cell may begin or end with a space or a tab.
   */
  simple: undefined | { lineEnd: '\n' | '\r\n'; commas: number; padded: boolean };
}

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;
const SPACE = 0x20;
const TAB = 0x09;
/** DuckDB refuses longer lines; the strict reader doesn't. */
const LONGEST_SIMPLE_LINE = 1_000_000;

/** Hashes the file, proves that it is text, and makes it readable at `path`. */
export async function scanCsv(file: ExportFile, path: string, encoding: string | undefined): Promise<Scan> {
  const hash = createHash('sha256');
  const head = firstBytes(file.path);
  refuseOtherFormats(file, head);
  const packed = file.form === 'csv.gz';
  if (packed && !(head[0] === 0x1f && head[1] === 0x8b)) {
    throw unusable(
      file.name,
      'is no gzip file, although its name says so',
      'Rename it to .csv, or pack it again with gzip.',
    );
  }
  const raw = hashed(createReadStream(file.path, { highWaterMark: 1 << 20 }), hash);
  const source = packed ? unpacked(raw, file.name) : raw;
  if (!packed) bringIn(file.path, path);
  const copy = packed ? path : undefined;
  const text = new TextShape(file.name);
  let problem: NotUtf8 | undefined;
  const checker = new Utf8Checker();
  const write = copy === undefined ? undefined : createWriteStream(copy);
  for await (const chunk of source as AsyncIterable<Buffer>) {
    problem ??= checker.push(chunk);
    if (problem === undefined) text.push(chunk);
    else if (encoding === undefined) throw notUtf8(file.name, problem);
    if (write !== undefined && !write.write(chunk)) await once(write, 'drain');
  }
  if (write !== undefined) await finished(write);
  problem ??= checker.end();
  const sha256 = hash.digest('hex');
  if (problem === undefined) return { sha256, path, ...text.end() };
  if (encoding === undefined) throw notUtf8(file.name, problem);
  return { sha256, ...(await transcoded(file.name, path, encoding)) };
}

/**
 * Makes a file readable under a name without special characters, which the reader would take for a pattern. What a link
 * in the input folder leads out to is copied, because statements may read inside the input folder alone.
 */
export function bringIn(source: string, path: string): void {
  if (lstatSync(source).isSymbolicLink()) copyFileSync(source, path);
  else symlinkSync(resolve(source), path);
}

/** The sha256 of any file, for those whose text isn't looked at here (Parquet). */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function hashed(source: Readable, hash: ReturnType<typeof createHash>): Readable {
  const through = new PassThrough({ highWaterMark: 1 << 20 });
  source.on('data', (chunk: Buffer) => {
    hash.update(chunk);
  });
  source.on('error', (error) => through.destroy(error));
  return source.pipe(through);
}

async function* unpacked(raw: Readable, name: string): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  raw.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const chunk of raw.pipe(gunzip)) yield chunk as Buffer;
  } catch (error) {
    if (!/^(Z_|ERR_)/.test(String((error as NodeJS.ErrnoException).code))) throw error;
    throw unusable(name, `is a damaged gzip file (${(error as Error).message})`, 'Copy or export it again.');
  }
}

async function finished(write: ReturnType<typeof createWriteStream>): Promise<void> {
  write.end();
  await once(write, 'finish');
}

/** The text of a file in another encoding, as UTF-8 at `<path>.utf8`. */
async function transcoded(name: string, path: string, encoding: string): Promise<Omit<Scan, 'sha256'>> {
  const target = `${path}.utf8`;
  const write = createWriteStream(target);
  const text = new TextShape(name);
  const decoder = new TextDecoder(encoding, { fatal: true });
  let offset = 0;
  const decode = (chunk: Buffer | undefined): Buffer => {
    try {
      return Buffer.from(chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true }));
    } catch {
      throw unusable(
        name,
        `is neither valid UTF-8 nor valid ${encoding.toUpperCase()} (at or after byte ${offset})`,
        'Export it again as UTF-8.',
        { offset },
      );
    }
  };
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    const utf8 = decode(chunk);
    offset += chunk.length;
    text.push(utf8);
    if (!write.write(utf8)) await once(write, 'drain');
  }
  const rest = decode(undefined);
  text.push(rest);
  write.write(rest);
  await finished(write);
  return { path: target, ...text.end() };
}

/** Counts lines and looks for whatever makes record boundaries uncertain, a chunk at a time. */
class TextShape {
  readonly #name: string;
  #offset = 0;
  #last = LF;
  #lineStart = 0;
  #lines = 0;
  #crlf = 0;
  #cr = 0;
  #commas = 0;
  #padded = false;
  #quotes = false;
  #blank = false;
  #long = false;

  constructor(name: string) {
    this.#name = name;
  }

  push(chunk: Buffer): void {
    const nul = chunk.indexOf(0);
    if (nul >= 0) {
      const offset = this.#offset + nul;
      throw unusable(
        this.#name,
        `holds a NUL byte at byte ${offset}`,
        'It is no text or is damaged: export it again as UTF-8 CSV.',
        { offset },
      );
    }
    this.#quotes ||= chunk.includes(QUOTE);
    let before = this.#last;
    let commas = 0;
    let returns = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] as number;
      if (byte === COMMA) {
        commas += 1;
        if (before === SPACE || before === TAB) this.#padded = true;
      } else if (byte === LF) {
        if (before === SPACE || before === TAB) this.#padded = true;
        this.#endLine(this.#offset + at, before);
      } else if (byte === CR) {
        returns += 1;
        if (before === SPACE || before === TAB) this.#padded = true;
      } else if ((byte === SPACE || byte === TAB) && (before === COMMA || before === LF)) this.#padded = true;
      before = byte;
    }
    this.#commas += commas;
    this.#cr += returns;
    if (chunk.length > 0) this.#last = chunk[chunk.length - 1] as number;
    this.#offset += chunk.length;
  }

  #endLine(at: number, before: number): void {
    const length = at - this.#lineStart - (before === CR ? 1 : 0);
    if (before === CR) this.#crlf += 1;
    if (length === 0) this.#blank = true;
    if (length > LONGEST_SIMPLE_LINE) this.#long = true;
    this.#lines += 1;
    this.#lineStart = at + 1;
  }

  end(): Pick<Scan, 'lines' | 'simple'> {
    const ended = this.#lines;
    const open = this.#offset > this.#lineStart;
    const uniform = this.#cr === this.#crlf && (this.#crlf === 0 || this.#crlf === ended);
    const long = this.#long || this.#offset - this.#lineStart > LONGEST_SIMPLE_LINE;
    const simple = !this.#quotes && !this.#blank && !long && uniform && ended > 0;
    return {
      lines: ended + (open ? 1 : 0),
      simple: !simple
        ? undefined
        : {
            lineEnd: this.#crlf > 0 ? '\r\n' : '\n',
            commas: this.#commas,
            padded: this.#padded || this.#last === SPACE || this.#last === TAB,
          },
    };
  }
}

/** Where a file stops being UTF-8. */
interface NotUtf8 {
  offset: number;
}

/** Checks UTF-8 across chunk borders: a sequence that a chunk cuts is looked at with the next. */
class Utf8Checker {
  #carry: Buffer = Buffer.alloc(0);
  #offset = 0;

  push(chunk: Buffer): NotUtf8 | undefined {
    const bytes = this.#carry.length === 0 ? chunk : Buffer.concat([this.#carry, chunk]);
    const whole = bytes.length - cutSequence(bytes);
    const part = bytes.subarray(0, whole);
    if (!isUtf8(part)) return { offset: this.#offset + firstInvalid(part) };
    this.#offset += whole;
    this.#carry = Buffer.from(bytes.subarray(whole));
    return undefined;
  }

  end(): NotUtf8 | undefined {
    return this.#carry.length === 0 ? undefined : { offset: this.#offset };
  }
}

/** How many bytes at the end begin a sequence that isn't complete. */
function cutSequence(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] as number;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}

/** The offset of the first byte that no valid prefix contains, by halving. */
function firstInvalid(bytes: Buffer): number {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    const prefix = bytes.subarray(0, middle);
    if (isUtf8(prefix.subarray(0, middle - cutSequence(prefix)))) valid = middle;
    else invalid = middle;
  }
  return valid - cutSequence(bytes.subarray(0, valid));
}

function notUtf8(name: string, { offset }: NotUtf8): Error {
  return unusable(
    name,
    `is not valid UTF-8 (byte ${offset})`,
    'Export it as UTF-8, or run with --encoding gb18030 if it is GB18030 or GBK.',
    { offset },
  );
}

/** Beginnings of files that are no CSV whatever their name says. */
const OTHER_FORMATS: [number[], string][] = [
  [[0x50, 0x4b, 0x03, 0x04], 'a ZIP archive or an Excel workbook (.xlsx)'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an Excel workbook (.xls)'],
  [[0x50, 0x41, 0x52, 0x31], 'a Parquet file'],
  [[0xff, 0xfe], 'UTF-16 text'],
  [[0xfe, 0xff], 'UTF-16 text'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'an xz archive'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'a zstd archive'],
  [[0x42, 0x5a, 0x68], 'a bzip2 archive'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'a 7z archive'],
  [[0x52, 0x61, 0x72, 0x21], 'a RAR archive'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF document'],
];

function refuseOtherFormats(file: ExportFile, head: Buffer): void {
  if (head.length === 0) throw empty(file.name);
  const found = OTHER_FORMATS.find(([magic]) => magic.every((byte, at) => head[at] === byte))?.[1];
  const what = found ?? (file.form === 'csv' && head[0] === 0x1f && head[1] === 0x8b ? 'a gzip archive' : undefined);
  if (what !== undefined) {
    throw unusable(
      file.name,
      `is ${what} under the name of a CSV file`,
      'Export it as CSV (UTF-8), or give it its right ending (.csv.gz, .parquet).',
    );
  }
}

/** A file without a header. */
export function empty(name: string): Error {
  return unusable(
    name,
    'is empty: it has no header',
    'Export it again; a file without rows still has its header line.',
  );
}

export function firstBytes(path: string, most = 16): Buffer {
  const handle = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(Math.min(most, fstatSync(handle).size));
    readSync(handle, bytes, 0, bytes.length, 0);
    return bytes;
  } finally {
    closeSync(handle);
  }
}
