import { readFileSync } from 'node:fs';
import { SaxesParser } from 'saxes';
import { fromBuffer } from 'yauzl';

/** Reads a workbook as a spreadsheet would: parts, sheets by their names, cells with style and formula. */

export interface ReadCell {
  text: string;
  isText: boolean;
  /** As its number format is written; of a built-in one, its number. */
  format: string;
  formula?: string;
}

export interface ReadSheet {
  name: string;
  /** By place, as A1. */
  cells: Map<string, ReadCell>;
  xml: string;
}

export async function partsOf(path: string): Promise<Map<string, string>> {
  const zip = await new Promise<import('yauzl').ZipFile>((resolve, reject) =>
    fromBuffer(readFileSync(path), { lazyEntries: true }, (error, file) => (error ? reject(error) : resolve(file))),
  );
  const parts = new Map<string, string>();
  await new Promise<void>((resolve, reject) => {
    zip.on('error', reject).on('end', resolve);
    zip.on('entry', (entry) =>
      zip.openReadStream(entry, async (error, stream) => {
        if (error) return reject(error);
        const pieces: Buffer[] = [];
        for await (const piece of stream) pieces.push(piece as Buffer);
        parts.set(entry.fileName, Buffer.concat(pieces).toString('utf8'));
        zip.readEntry();
      }),
    );
    zip.readEntry();
  });
  return parts;
}

export async function sheetsOf(path: string): Promise<Map<string, ReadSheet>> {
  const parts = await partsOf(path);
  const formats = formatsIn(parts.get('xl/styles.xml') as string);
  const names = tagsIn(parts.get('xl/workbook.xml') as string, 'sheet').map(({ name }) => name as string);
  return new Map(
    names.map((name, at) => {
      const xml = parts.get(`xl/worksheets/sheet${at + 1}.xml`) as string;
      return [name, { name, xml, cells: cellsIn(xml, formats) }];
    }),
  );
}

/** The attributes of every tag of a name. */
export function tagsIn(xml: string, name: string): Record<string, string>[] {
  const found: Record<string, string>[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => {
    if (tag.name === name) found.push(tag.attributes as Record<string, string>);
  });
  parser.write(xml).close();
  return found;
}

function formatsIn(styles: string): string[] {
  const own = new Map(tagsIn(styles, 'numFmt').map(({ numFmtId, formatCode }) => [numFmtId, formatCode as string]));
  const xfs = tagsIn(styles.slice(styles.indexOf('<cellXfs'), styles.indexOf('</cellXfs>') + 10), 'xf');
  return xfs.map(({ numFmtId }) => own.get(numFmtId as string) ?? (numFmtId as string));
}

function cellsIn(xml: string, formats: readonly string[]): Map<string, ReadCell> {
  const cells = new Map<string, ReadCell>();
  let cell: ReadCell | undefined;
  let inside = '';
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    inside = name;
    if (name !== 'c') return;
    const { r, s, t } = attributes as Record<string, string>;
    cell = { text: '', isText: t === 'inlineStr', format: formats[Number(s)] as string };
    cells.set(r as string, cell);
  });
  parser.on('text', (text) => {
    if (cell === undefined) return;
    if (inside === 'f') cell.formula = (cell.formula ?? '') + text;
    else if (inside === 't' || inside === 'v') cell.text += text;
  });
  parser.on('closetag', ({ name }) => {
    if (name === 'c') cell = undefined;
    inside = '';
  });
  parser.write(xml).close();
  return cells;
}

/** The cells of a range such as H5:H18. */
export function inRange({ cells }: ReadSheet, range: string): ReadCell[] {
  const [, column, first, last] = /^([A-Z]+)(\d+):\1(\d+)$/.exec(range) as unknown as string[];
  const found: ReadCell[] = [];
  for (let row = Number(first); row <= Number(last); row++) {
    const cell = cells.get(`${column}${row}`);
    if (cell !== undefined) found.push(cell);
  }
  return found;
}

/** The cells of a column below its head. */
export function below(sheet: ReadSheet, head: string): ReadCell[] {
  const [place] = [...sheet.cells].find(([at, { text }]) => /^[A-Z]+4$/.test(at) && text === head) ?? [];
  if (place === undefined) throw new Error(`${sheet.name} has no column ${head}`);
  const column = place.slice(0, -1);
  return [...sheet.cells]
    .filter(([at]) => at.replace(/\d+$/, '') === column && Number(at.slice(column.length)) > 4)
    .map(([, cell]) => cell);
}
