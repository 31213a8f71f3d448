import { crc32, deflateRawSync } from 'node:zlib';

/** Workbooks that are made by hand, part by part, as some program or other writes them. */

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
export const STRICT = 'http://purl.oclc.org/ooxml/spreadsheetml/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const STRICT_RELATIONS = 'http://purl.oclc.org/ooxml/officeDocument/relationships';

/** A sheet: the XML of its rows, or of what lies in its part altogether. */
export interface MadeSheet {
  name?: string;
  rows?: string;
  whole?: string;
  /** Another kind of part: a chart's. */
  type?: string;
}

export interface Made {
  sheets: MadeSheet[];
  /** The XML of the shared strings' items. */
  strings?: string | undefined;
  /** The XML within the style sheet. */
  styles?: string | undefined;
  from1904?: boolean;
  strict?: boolean;
  /** Before every element's name: `x:`. */
  prefix?: string;
}

/** The parts of a workbook by their names. */
export function partsOf({
  sheets,
  strings,
  styles,
  from1904 = false,
  strict = false,
  prefix = '',
}: Made): Record<string, string> {
  const relations = strict ? STRICT_RELATIONS : RELATIONS;
  const main = strict ? STRICT : MAIN;
  const space = prefix === '' ? `xmlns="${main}"` : `xmlns:${prefix.slice(0, -1)}="${main}"`;
  const root = (name: string, inner: string): string =>
    prefixed(`${HEAD}<${name} ${space} xmlns:r="${relations}">${inner}</${name}>`, prefix);
  const list = sheets.map(
    ({ name }, at) => `<sheet name="${name ?? `Sheet${at + 1}`}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  );
  const related = [
    ...sheets.map(({ type = 'worksheet' }, at) => ({
      id: `rId${at + 1}`,
      type,
      target: `worksheets/sheet${at + 1}.xml`,
    })),
    ...(strings === undefined ? [] : [{ id: 'rIdS', type: 'sharedStrings', target: 'sharedStrings.xml' }]),
    ...(styles === undefined ? [] : [{ id: 'rIdT', type: 'styles', target: 'styles.xml' }]),
  ];
  return {
    '_rels/.rels': relationsPart([{ id: 'rId1', type: 'officeDocument', target: 'xl/workbook.xml' }], relations),
    'xl/workbook.xml': root(
      'workbook',
      `<workbookPr${from1904 ? ' date1904="1"' : ''}/><sheets>${list.join('')}</sheets>`,
    ),
    'xl/_rels/workbook.xml.rels': relationsPart(related, relations),
    ...Object.fromEntries(
      sheets.map(({ rows = '', whole }, at) => [
        `xl/worksheets/sheet${at + 1}.xml`,
        whole ?? root('worksheet', `<sheetData>${rows}</sheetData>`),
      ]),
    ),
    ...(strings === undefined ? {} : { 'xl/sharedStrings.xml': root('sst', strings) }),
    ...(styles === undefined ? {} : { 'xl/styles.xml': root('styleSheet', styles) }),
  };
}

function prefixed(xml: string, prefix: string): string {
  return prefix === '' ? xml : xml.replace(/<(\/?)(?=[a-zA-Z])/g, `<$1${prefix}`);
}

export function relationsPart(
  relations: readonly { id: string; type: string; target: string }[],
  space = RELATIONS,
): string {
  const each = relations.map(
    ({ id, type, target }) => `<Relationship Id="${id}" Type="${space}/${type}" Target="${target}"/>`,
  );
  return `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each.join('')}</Relationships>`;
}

export function made(workbook: Made): Buffer {
  return zipped(partsOf(workbook));
}

/** A workbook of one sheet with these rows of XML. */
export function ofRows(rows: string, others: Partial<Made> = {}): Buffer {
  return made({ sheets: [{ rows }], ...others });
}

/** A row of texts written into its cells, as most libraries do. */
export function textRow(texts: readonly string[], number?: number): string {
  const cells = texts.map((text) => (text === '' ? '<c/>' : `<c t="inlineStr"><is><t>${escaped(text)}</t></is></c>`));
  return `<row${number === undefined ? '' : ` r="${number}"`}>${cells.join('')}</row>`;
}

/** A sheet of a CSV without quotes. */
export function textRows(csv: string): string {
  return csv
    .trimEnd()
    .split('\n')
    .map((line) => textRow(line.split(',')))
    .join('');
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

interface Entry {
  name: Buffer;
  content: Buffer;
  packed: Buffer;
  crc: number;
  size: number;
}

/** Packs parts; `size` says another size than a part has, as a bomb does. */
export function zipped(parts: Record<string, string | Buffer>, size?: number): Buffer {
  const entries = Object.entries(parts).map(([name, part]): Entry => {
    const content = Buffer.from(part);
    const crc = crc32(content);
    return { name: Buffer.from(name), content, packed: deflateRawSync(content), crc, size: size ?? content.length };
  });
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), fieldsOf(entry), entry.name, entry.packed]);
    directory.push(centralOf(entry, offset));
    bodies.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, central, end]);
}

/** What both headers of an entry say: version, flags, method, time, checksum, sizes and lengths. */
function fieldsOf({ name, packed, crc, size }: Entry): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(8, 4);
  fields.writeUInt32LE(crc, 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(size, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

function centralOf(entry: Entry, offset: number): Buffer {
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(offset, 10);
  return Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), fieldsOf(entry), rest, entry.name]);
}
