import { createWriteStream, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { draftBeside, publishNew } from '../disk/new-file.js';
import { packageParts } from './package-parts.js';
import type { BookSheet } from './sheet.js';
import { sheetXml } from './sheet-xml.js';
import { stylesXml } from './styles.js';

/** How a workbook looks and what it is called, as its properties say. */
export interface BookLook {
  title: string;
  /** The name of a font. */
  font: string;
}

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
    for (const [at, sheet] of sheets.entries()) {
      const { pieces, rows } = await sheetXml(sheet);
      add(zip, `xl/worksheets/sheet${at + 1}.xml`, pieces);
      written.push({ name: sheet.name, rows });
    }
    add(zip, 'xl/styles.xml', [Buffer.from(`${DECLARATION}${stylesXml(look.font)}`)]);
    const filled = sheets.map((sheet, at) => ({ ...sheet, rowCount: written[at]?.rows ?? 0 }));
    for (const [name, xml] of Object.entries(packageParts(filled, look.title)))
      add(zip, name, [Buffer.from(`${DECLARATION}${xml}`)]);
    zip.end();
    await output;
    publishNew(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
  return written;
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

function add(zip: ZipFile, name: string, pieces: readonly Buffer[]): void {
  // Zip files keep a time of no zone; this one, made of local parts, is the same everywhere.
  zip.addReadStream(Readable.from(pieces), name, {
    mtime: new Date(1980, 0, 1, 12),
    mode: 0o100644,
    forceDosTimestamp: true,
  });
}
