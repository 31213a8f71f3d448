import { createHash } from 'node:crypto';
import { copyFileSync, createReadStream, lstatSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { resolve } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { PIECE, pieces } from '../../disk/pieces.js';
import { PieceWriter } from '../../disk/writing.js';
import { say } from '../../words/say.js';
import type { ExportFile } from '../folder.js';
import { firstBytes, PAGE_HEAD, refuseOtherFormats, refuseWebPage } from '../formats.js';
import { unusable } from '../unusable.js';
import { ByteNotes, type Bytes, type Shape, shapeOf } from './text-shape.js';
import { type NotUtf8, Utf8Checker } from './utf8.js';

/** What one pass over a file's bytes tells. */
export interface Scan extends Bytes {
  /** Of the file as it lies in the folder. */
  sha256: string;
  /** Where its text can be read: a link or an unpacked or transcoded copy, under a name without special characters. */
  path: string;
  /** What its bytes were taken for. */
  encoding: 'utf-8' | 'gb18030';
  /** Looked through byte by byte, which takes far longer: for texts that aren't plain, or not what they seem. */
  shape: () => Promise<Shape>;
}

/** Hashes the file, proves that it is text, and makes it readable at `path`. */
export async function scanCsv(file: ExportFile, path: string, encoding: 'gb18030' | undefined): Promise<Scan> {
  const hash = createHash('sha256');
  const head = firstBytes(file.path);
  refuseOtherFormats(file, head);
  const packed = file.form === 'csv.gz';
  if (packed && !(head[0] === 0x1f && head[1] === 0x8b)) {
    throw unusable(
      file.name,
      say('is not a gzip file, although its name says so'),
      say('Rename it to .csv, or pack it again with gzip.'),
    );
  }
  const source = packed
    ? unpacked(hashed(createReadStream(file.path, { highWaterMark: PIECE }), hash), file)
    : pieces(file.path);
  if (!packed) bringIn(file.path, path);
  const text = new ByteNotes(file.name, encoding !== undefined);
  let problem: NotUtf8 | undefined;
  const checker = new Utf8Checker();
  const copy = packed ? new PieceWriter(path) : undefined;
  let begun = false;
  for await (const chunk of source) {
    if (packed && !begun) refuseWebPage(file, chunk.subarray(0, PAGE_HEAD));
    begun = true;
    if (!packed) hash.update(chunk);
    if (problem === undefined) text.push(chunk); // a NUL byte, as in UTF-16, says more than that it isn't UTF-8
    problem ??= checker.push(chunk);
    if (problem !== undefined && encoding === undefined) throw notUtf8(file.name, problem);
    copy?.write(chunk);
  }
  copy?.close();
  problem ??= checker.end();
  const sha256 = hash.digest('hex');
  if (problem === undefined) return { sha256, encoding: 'utf-8', ...looked(path, text) };
  if (encoding === undefined) throw notUtf8(file.name, problem);
  return { sha256, encoding, ...(await transcoded(file.name, path, encoding)) };
}

function looked(path: string, notes: ByteNotes): Omit<Scan, 'sha256' | 'encoding'> {
  let shape: Promise<Shape> | undefined;
  return {
    path,
    ...notes.end(),
    shape: () => {
      shape ??= shapeOf(path);
      return shape;
    },
  };
}

/**
 * Makes a file readable under a name without special characters, which the reader would take for a pattern. What a link
 * in the input folder leads out to is copied, because statements may read inside the input folder alone.
 */
export function bringIn(source: string, path: string): void {
  if (lstatSync(source).isSymbolicLink()) copyFileSync(source, path);
  else symlinkSync(resolve(source), path);
}

function hashed(source: Readable, hash: ReturnType<typeof createHash>): Readable {
  const through = new PassThrough({ highWaterMark: PIECE });
  source.on('data', (chunk: Buffer) => {
    hash.update(chunk);
  });
  source.on('error', (error) => through.destroy(error));
  return source.pipe(through);
}

/** Text packs to a tenth or so; what unpacks to this many times its size is made to fill the disk. */
const MOST_TIMES = 200;
const SMALL_BYTES = 1 << 26;

async function* unpacked(raw: Readable, { name, path }: ExportFile): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  const { size } = statSync(path);
  const most = Math.max(SMALL_BYTES, MOST_TIMES * size);
  let bytes = 0;
  raw.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const chunk of raw.pipe(gunzip) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > most) throw tooLarge(name);
      yield chunk;
    }
    if (gunzip.bytesWritten < size) await refuseBehindEnd(name, path, gunzip.bytesWritten);
  } catch (error) {
    if (!/^(Z_|ERR_)/.test(String((error as NodeJS.ErrnoException).code))) throw error;
    throw unusable(
      name,
      say('is a damaged gzip file ({message})', { message: (error as Error).message }),
      say('Copy or export it again.'),
    );
  }
}

function tooLarge(name: string): Error {
  const what = say('unpacks to more than {MOST_TIMES} times its size', { MOST_TIMES });
  return unusable(
    name,
    what,
    say('No export packs so well: look at what it holds. If it is meant so, give it unpacked, as .csv.'),
  );
}

/** After a NUL gunzip looks no further. Zeros are padding (of a tape or a block); anything else would be lost without a word. */
async function refuseBehindEnd(name: string, path: string, end: number): Promise<void> {
  let offset = 0;
  for await (const piece of pieces(path)) {
    const from = Math.max(0, end - offset);
    const at = from < piece.length ? piece.subarray(from).findIndex((byte) => byte !== 0) : -1;
    if (at >= 0) throw behindEnd(name, offset + from + at);
    offset += piece.length;
  }
}

function behindEnd(name: string, offset: number): Error {
  const what = say('is a damaged gzip file (bytes that are not gzip after its end, from byte {offset})', { offset });
  return unusable(name, what, say('Copy or export it again.'), { offset });
}

/** The text of a file in another encoding, as UTF-8 at `<path>.utf8`. */
async function transcoded(name: string, path: string, encoding: string): Promise<Omit<Scan, 'sha256' | 'encoding'>> {
  const target = `${path}.utf8`;
  const copy = new PieceWriter(target);
  const text = new ByteNotes(name);
  const decoder = new TextDecoder(encoding, { fatal: true });
  let offset = 0;
  const decode = (chunk: Buffer | undefined): Buffer => {
    try {
      return Buffer.from(chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true }));
    } catch {
      throw unusable(
        name,
        say('is neither valid UTF-8 nor valid {encoding} (at or after byte {offset})', {
          encoding: encoding.toUpperCase(),
          offset,
        }),
        say('Export it again as UTF-8.'),
        { offset },
      );
    }
  };
  for await (const chunk of pieces(path)) {
    const utf8 = decode(chunk);
    offset += chunk.length;
    text.push(utf8);
    copy.write(utf8);
  }
  const rest = decode(undefined);
  text.push(rest);
  copy.write(rest);
  copy.close();
  rmSync(path);
  return looked(target, text);
}

function notUtf8(name: string, { offset }: NotUtf8): Error {
  return unusable(
    name,
    say('is not valid UTF-8 (byte {offset})', { offset }),
    say('Export it as UTF-8, or run with --encoding gb18030 if it is GB18030 or GBK.'),
    { offset },
  );
}
