import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DEEP } from '../support/deep.js';
import { SESSIONS_HEADER, sessionLine } from '../support/exports.js';
import { MAIN, made, ofRows, partsOf, relationsPart, textRows, zipped } from './made.js';
import { look, recordsIn } from './read.js';

/** Workbooks that can't be used at all, by what they are (exit 3), and odd ones that can. */

const CSV = `${SESSIONS_HEADER}\n${sessionLine({ id: 's1' })}\n`;
const SHEETS = { sheets: [{ rows: textRows(CSV) }] };
const GOOD = made(SHEETS);
const PARTS = partsOf(SHEETS);
const SHEET = 'xl/worksheets/sheet1.xml';
const parts = (changed: Record<string, string | undefined>): Buffer =>
  zipped(
    Object.fromEntries(Object.entries({ ...PARTS, ...changed }).filter(([, part]) => part !== undefined)) as Record<
      string,
      string
    >,
  );
const sheet = (change: (xml: string) => string): Buffer => parts({ [SHEET]: change(PARTS[SHEET] as string) });
const compound = (stream: string): Buffer =>
  Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(2000),
    Buffer.from(`${stream}\0`, 'utf16le'),
    Buffer.alloc(2000),
  ]);

const REFUSED: Record<string, [content: Buffer, message: RegExp]> = {
  'nothing at all': [Buffer.alloc(0), /is empty: it has no header/],
  'a workbook of the old form': [compound('Workbook'), /is a workbook of the old binary form \(\.xls\)/],
  'an older one': [compound('Book'), /is a workbook of the old binary form \(\.xls\)/],
  'a workbook behind a password': [compound('EncryptedPackage'), /protected by a password$/],
  'a compound file of another kind': [compound('x'), /is an old \.xls, or protected by a password/],
  'an XML spreadsheet of 2003': [
    Buffer.from(
      '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    ),
    /XML spreadsheet of 2003/,
  ],
  'text under the name of a workbook': [Buffer.from(CSV), /is text under the name of a workbook/],
  'a Parquet file under the name of a workbook': [
    Buffer.from('PAR1....PAR1'),
    /is a Parquet file under the name of a workbook/,
  ],
  'bytes of no kind': [Buffer.from([1, 0, 2, 0, 3]), /is no workbook, although its name says so/],
  'an archive of something else': [zipped({ 'sessions.csv': CSV }), /is an archive, but no workbook/],
  'an OpenDocument spreadsheet': [
    zipped({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<x/>' }),
    /OpenDocument/,
  ],
  'a document of words': [
    parts({
      'xl/workbook.xml': '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>',
    }),
    /it is no workbook of a workbook, but w:document|is no workbook/,
  ],
  'a binary workbook': [
    zipped({
      '_rels/.rels': relationsPart([{ id: 'rId1', type: 'officeDocument', target: 'xl/workbook.bin' }]),
      'xl/workbook.bin': 'x',
    }),
    /is a binary workbook \(\.xlsb\)/,
  ],
  'one whose end is cut off': [GOOD.subarray(0, -30), /is a damaged workbook/],
  'one whose sheet is missing': [parts({ [SHEET]: undefined }), /its part xl\/worksheets\/sheet1\.xml is missing/],
  'one whose relations are missing': [
    parts({ 'xl/_rels/workbook.xml.rels': undefined }),
    /nothing says where its sheet Sheet1 is/,
  ],
  'one with a part twice': [parts({ 'XL/Workbook.xml': '<x/>' }), /has the part xl\/workbook\.xml twice/],
  'one that unpacks to more than 2 GiB': [
    zipped({ ...PARTS, 'xl/media/a.png': 'x' }, 2 ** 31 / 5 + 1),
    /unpacks to more than 2 GiB/,
  ],
  'a part that is larger than it says': [zipped(PARTS, 20), /is a damaged workbook \(.*too many bytes/],
  'a DTD': [
    sheet((xml) => xml.replace('<worksheet', '<!DOCTYPE worksheet [<!ENTITY a "b">]><worksheet')),
    /has a document type declaration \(DTD\)/,
  ],
  'an entity that nobody knows': [sheet((xml) => xml.replace('文化', '&a;')), /undefined entity/],
  'XML that is cut off': [sheet((xml) => xml.slice(0, -20)), /unclosed tag/],
  'XML that overlaps': [
    sheet((xml) => xml.replace('</t></is>', '</is></t>')),
    /damaged workbook \(xl\/worksheets\/sheet1\.xml/,
  ],
  'bytes that are no text': [
    zipped({ ...PARTS, [SHEET]: Buffer.concat([Buffer.from(PARTS[SHEET] as string), Buffer.from([0xff])]) }),
    /bytes that are no text/,
  ],
  'a part in GB2312': [sheet((xml) => xml.replace('UTF-8', 'GB2312')), /it is written as GB2312/],
  'a sheet of another namespace': [sheet((xml) => xml.replace(MAIN, 'urn:x')), /it is no worksheet of a workbook/],
  'an empty part': [parts({ [SHEET]: '' }), /it is empty/],
  'a text that never ends': [
    sheet((xml) => xml.replace('文化', '文'.repeat(2 ** 24 + 2 ** 18))),
    /a text of more than 16 million characters/,
  ],
  'a shared text that there isn’t': [
    sheet((xml) => xml.replace(/<c t="inlineStr"><is><t>s1.*?<\/c>/, '<c t="s"><v>0</v></c>')),
    /cell A2 refers to the text 0, and there are 0/,
  ],
  'a shared text without a number': [
    sheet((xml) => xml.replace(/<c t="inlineStr"><is><t>s1.*?<\/c>/, '<c t="s"><v>-1</v></c>')),
    /cell A2 refers to the text -1/,
  ],
};

describe('can’t be used', () => {
  test.each(Object.entries(REFUSED))('%s', async (_, [content, message]) => {
    await expect(recordsIn(content)).rejects.toMatchObject({
      code: 'input',
      message: expect.stringMatching(message),
      details: { file: 'sessions-1.xlsx', mend: expect.stringMatching(/\.$/) },
    });
  });

  test('an archive behind a password', async () => {
    const content = Buffer.from(GOOD);
    content[content.indexOf('PK\u0001\u0002') + 8] = 1;
    await expect(recordsIn(content)).rejects.toThrow(/is protected by a password/);
  });
});

test('one bit that is another is found, or nothing that is read is in it', { ...DEEP, timeout: 60_000 }, async () => {
  const content = readFileSync(join(import.meta.dirname, 'openpyxl-text.xlsx'));
  const right = JSON.stringify(await recordsIn(content));
  let found = 0;
  for (let at = 7; at < content.length * 8; at += 1013) {
    const flipped = Buffer.from(content);
    flipped[at >> 3] = (flipped[at >> 3] as number) ^ (1 << (at & 7));
    const read = await recordsIn(flipped).then(JSON.stringify, (error: { code: string }) => error.code);
    if (read === 'input') found += 1;
    else expect(read).toBe(right);
  }
  expect(found).toBeGreaterThan(100);
});

describe('can be used', () => {
  test.each([
    ['with a prefix on all its elements', made({ ...SHEETS, prefix: 'x:' })],
    ['of the strict form', made({ ...SHEETS, strict: true })],
    [
      'in UTF-16',
      zipped({
        ...PARTS,
        [SHEET]: Buffer.from(`\ufeff${(PARTS[SHEET] as string).replace('UTF-8', 'UTF-16')}`, 'utf16le'),
      }),
    ],
    ['with a mark in front', sheet((xml) => `\ufeff${xml}`)],
    [
      'with elements of other namespaces',
      sheet((xml) =>
        xml
          .replace('<sheetData>', '<e:row xmlns:e="urn:e"><e:c><e:v>1</e:v></e:c></e:row><sheetData>')
          .replaceAll('<row', '<row e:x="1" xmlns:e="urn:e"'),
      ),
    ],
    ['with parts of other names', elsewhere()],
    [
      'with names of another stroke and case',
      zipped(
        Object.fromEntries(
          Object.entries(PARTS).map(([name, part]) => [name.replaceAll('/', '\\').toUpperCase(), part]),
        ),
      ),
    ],
    [
      'with targets from the root',
      parts({
        'xl/_rels/workbook.xml.rels': (PARTS['xl/_rels/workbook.xml.rels'] as string).replace(
          'worksheets/',
          '/xl/work%73heets/',
        ),
      }),
    ],
  ])('one %s', async (_, content) => {
    expect(await recordsIn(content)).toEqual(await recordsIn(GOOD));
  });

  function elsewhere(): Buffer {
    const { '_rels/.rels': _root, ...others } = PARTS;
    const moved = Object.fromEntries(
      Object.entries(others).map(([name, part]) => [name.replace('xl/', 'a/b/').replace('workbook', 'main'), part]),
    );
    return zipped({
      ...moved,
      '_rels/.rels': relationsPart([{ id: 'r', type: 'officeDocument', target: '/a/b/main.xml' }]),
    });
  }
});

test('so many shared texts that they aren’t held are found again, in any order', async () => {
  const count = 200_000;
  const text = (at: number): string => `${at} ${'文'.repeat(20)}`;
  const strings = Array.from({ length: count }, (_, at) => `<si><t>${text(at)}</t></si>`).join('');
  const indices = Array.from({ length: 500 }, (_, at) => (at * 7919 * 401) % count);
  const header = textRows(`${SESSIONS_HEADER}\n`);
  const rows = indices.map((index) => `<row><c/><c/><c/><c/><c/><c/><c t="s"><v>${index}</v></c></row>`).join('');
  const records = await recordsIn(ofRows(`${header}${rows}`, { strings }));
  expect(records.map(({ cells }) => cells[6])).toEqual(indices.map(text));
});

test('nothing below the header is read before it is asked for', async () => {
  const broken = sheet((xml) => xml.replace('文化', '&a;'.padStart(100_000, 'x')));
  await expect(look(broken)).rejects.toThrow(/undefined entity/); // within what is looked through for the header
});
