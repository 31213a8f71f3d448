import { packageParts } from './package-parts.js';
import type { BookSheet } from './sheet.js';
import { encoded, sheetXml } from './sheet-xml.js';
import { stylesXml } from './styles.js';

/** How a workbook looks and what it is called, as its properties say. */
export interface BookLook {
  title: string;
  /** The name of a font. */
  font: string;
}

/** A part of a workbook: its path in the package, and its bytes in pieces. */
export interface BookPart {
  path: string;
  pieces: readonly Uint8Array[];
  /** Of a sheet: how many rows it has. */
  rows?: number;
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** All parts of a workbook, sheet by sheet and then what says how they belong together: whoever asks packs them. */
export async function* bookParts(sheets: readonly BookSheet[], look: BookLook): AsyncGenerator<BookPart> {
  const filled: (BookSheet & { rowCount: number })[] = [];
  for (const [at, sheet] of sheets.entries()) {
    const { pieces, rows } = await sheetXml(sheet);
    filled.push({ ...sheet, rowCount: rows });
    yield { path: `xl/worksheets/sheet${at + 1}.xml`, pieces, rows };
  }
  yield { path: 'xl/styles.xml', pieces: [encoded(`${DECLARATION}${stylesXml(look.font)}`)] };
  for (const [path, xml] of Object.entries(packageParts(filled, look.title)))
    yield { path, pieces: [encoded(`${DECLARATION}${xml}`)] };
}
