import { createWriteStream, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { SettleError } from '../core/errors.js';
import { draftBeside, publishNew } from '../disk/new-file.js';
import { say } from '../words/say.js';
import { type BookLook, bookParts } from './book-parts.js';
import { xmlText } from './cell-xml.js';
import { type BookSheet, TooManyRows } from './sheet.js';

/** Writes a workbook, whole or not at all; the same sheets give the same bytes, at any time and in any time zone. */
export async function writeBook(
  path: string,
  sheets: readonly BookSheet[],
  look: BookLook,
): Promise<{ name: string; rows: number }[]> {
  const zip = new ZipFile();
  const written: { name: string; rows: number }[] = [];
  const draft = draftBeside(path);
  rmSync(draft, { force: true });
  try {
    const output = pipeline(zip.outputStream, createWriteStream(draft, { flags: 'wx' }));
    output.catch(() => undefined); // is awaited below
    for await (const part of bookParts(sheets, look)) {
      add(zip, part.path, part.pieces);
      if (part.rows !== undefined) written.push({ name: sheets[written.length]?.name ?? '', rows: part.rows });
    }
    zip.end();
    await output;
    publishNew(draft, path);
  } catch (error) {
    if (error instanceof TooManyRows) throw tooMany(error.sheet);
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return written;
}

function tooMany(name: string): SettleError {
  return new SettleError(
    'usage',
    say('the sheet {sheet} would have more rows than a spreadsheet can open', { sheet: xmlText(name) }),
    {
      mend: say('Write a book for each agency, with --agency ID.'),
    },
  );
}

function add(zip: ZipFile, name: string, pieces: readonly Uint8Array[]): void {
  // Zip files keep a time of no zone; this one, made of local parts, is the same everywhere.
  zip.addReadStream(Readable.from(pieces), name, {
    mtime: new Date(1980, 0, 1, 12),
    mode: 0o100644,
    forceDosTimestamp: true,
  });
}
