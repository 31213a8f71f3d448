import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type BookSheet, letters, type SheetColumn } from '../../src/book/sheet.js';
import { sumOf } from '../../src/book/sum.js';
import { writeBook } from '../../src/book/write-book.js';
import { workspace } from '../support/workspace.js';
import { partsOf, sheetsOf, tagsIn } from './reading.js';

/** The writer of workbooks, whatever they show. */

const LOOK = { title: 'a title', font: 'Calibri' };
const sheet = (columns: SheetColumn[], rows: BookSheet['rows'], more: Partial<BookSheet> = {}): BookSheet => ({
  name: 'One',
  title: ['first', 'second'],
  columns,
  rows,
  filter: true,
  ...more,
});

async function written(...sheets: BookSheet[]) {
  const path = join(workspace(), 'a.xlsx');
  await writeBook(path, sheets, LOOK);
  return sheetsOf(path);
}

test.each(['=1+1', '+1', '-1', '@a', "'=1", '<&">', ' a ', '_x0041_', '7289000000000000001', 'a\nb', '\u0007'])(
  'a text stays a text: %j',
  async (text) => {
    const found = await written(sheet([{ head: 'a', kind: 'text' }], [[text]]));
    const cell = found.get('One')?.cells.get('A5');
    const read = cell?.text.replace(/_x([0-9A-F]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
    expect(cell).toMatchObject({ isText: true, format: '49' });
    expect(cell?.formula).toBeUndefined();
    expect(read).toBe(text);
  },
);

test('a number is written as its own text, more digits than a float has too', async () => {
  const rows = [['12345678901234567.89'], ['0.10'], ['-0.01'], ['']];
  const found = await written(sheet([{ head: 'a', kind: 'money', total: true }], rows, { total: 'sum' }));
  const cells = found.get('One')?.cells;
  expect(cells?.get('A5')).toMatchObject({ text: '12345678901234567.89', isText: false, format: '4' });
  expect(cells?.get('A3')).toMatchObject({ text: '12345678901234567.98', formula: 'SUBTOTAL(109,A5:A8)' });
});

test.each(['1e3', '1,000.00', 'x', '=1'])('what is no decimal is no number: %s', async (text) => {
  const path = join(workspace(), 'a.xlsx');
  await expect(writeBook(path, [sheet([{ head: 'a', kind: 'money' }], [[text]])], LOOK)).rejects.toThrow(
    'not a decimal',
  );
});

test('a failure leaves no file', async () => {
  const folder = workspace();
  const rows = (function* () {
    yield ['a'];
    throw new Error('read no further');
  })();
  await expect(writeBook(join(folder, 'a.xlsx'), [sheet([{ head: 'a', kind: 'text' }], rows)], LOOK)).rejects.toThrow(
    'read no further',
  );
  expect(readdirSync(folder)).toEqual([]);
});

test('a file that is there is not replaced', async () => {
  const path = join(workspace(), 'a.xlsx');
  const one = () => writeBook(path, [sheet([{ head: 'a', kind: 'text' }], [['b']])], LOOK);
  await one();
  const bytes = readFileSync(path);
  await expect(one()).rejects.toMatchObject({ code: 'usage' });
  expect(readFileSync(path)).toEqual(bytes);
});

test('more rows than a sheet can have are refused', async () => {
  const rows = (function* () {
    for (let row = 0; row < 1_048_573; row++) yield [];
  })();
  const path = join(workspace(), 'a.xlsx');
  await expect(writeBook(path, [sheet([], rows)], LOOK)).rejects.toMatchObject({ code: 'usage' });
}, 60_000);

test('dates are numbers of days', async () => {
  const found = await written(sheet([{ head: 'a', kind: 'date' }], [['2023-11-01'], ['2000-01-01'], ['soon']]));
  const cells = found.get('One')?.cells;
  expect(cells?.get('A5')).toMatchObject({ text: '45231', isText: false, format: 'yyyy\\-mm\\-dd' });
  expect(cells?.get('A6')).toMatchObject({ text: '36526' });
  expect(cells?.get('A7')).toMatchObject({ text: 'soon', isText: true });
});

test('filter and printed heads cover what they should, and the totals stand outside', async () => {
  const path = join(workspace(), 'a.xlsx');
  const columns: SheetColumn[] = [
    { head: 'id', kind: 'id' },
    { head: 'n', kind: 'count', total: true },
  ];
  await writeBook(
    path,
    [
      sheet(
        columns,
        [
          ['1', '2'],
          ['2', '3'],
        ],
        { name: "it's", total: 'sum' },
      ),
    ],
    LOOK,
  );
  const parts = await partsOf(path);
  expect(parts.get('xl/workbook.xml')).toContain("'it''s'!$A$4:$B$6");
  expect(parts.get('xl/workbook.xml')).toContain("'it''s'!$1:$4");
  const xml = parts.get('xl/worksheets/sheet1.xml') as string;
  expect(tagsIn(xml, 'autoFilter')).toEqual([{ ref: 'A4:B6' }]);
  expect(tagsIn(xml, 'pane')).toMatchObject([{ xSplit: '1', ySplit: '4', state: 'frozen' }]);
  expect(tagsIn(xml, 'ignoredError')).toEqual([{ sqref: 'A5:A6', numberStoredAsText: '1' }]);
  expect([...parts.values()].join('')).not.toMatch(/dcterms|created|modified/);
});

test('columns have letters, and sums are exact', () => {
  expect([0, 25, 26, 51, 52, 701, 702].map(letters)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
  expect(sumOf(Array.from({ length: 10 }, () => '0.10'))).toBe('1.00');
});

test('a chart stands beside its table, a bar for each cell that it names, and only a sheet that has one has its parts', async () => {
  const columns: SheetColumn[] = [
    { head: 'what', kind: 'text' },
    { head: 'now', kind: 'money' },
    { head: 'before', kind: 'money' },
  ];
  const chart = { title: 'a < b', rows: [5, 7], values: [1, 2] };
  const path = join(workspace(), 'a.xlsx');
  const rows = ['x', 'y', 'z'].map((name) => [name, '1.00', '2.00']);
  await writeBook(path, [sheet(columns, rows), sheet(columns, rows, { name: "It's", chart })], LOOK);
  const parts = await partsOf(path);
  expect([...parts.keys()].filter((name) => /chart|drawing|sheet\d\.xml\.rels/.test(name)).sort()).toEqual([
    'xl/charts/chart2.xml',
    'xl/drawings/_rels/drawing2.xml.rels',
    'xl/drawings/drawing2.xml',
    'xl/worksheets/_rels/sheet2.xml.rels',
  ]);
  const drawn = parts.get('xl/charts/chart2.xml') ?? '';
  expect([...drawn.matchAll(/<c:f>(.*?)<\/c:f>/g)].map(([, place]) => place?.replaceAll('&apos;', "'"))).toEqual([
    ...["'It''s'!$A$5", "'It''s'!$B$4:$C$4", "'It''s'!$B$5:$C$5"],
    ...["'It''s'!$A$7", "'It''s'!$B$4:$C$4", "'It''s'!$B$7:$C$7"],
  ]);
  expect(drawn).toContain('a &lt; b');
  expect(parts.get('xl/worksheets/sheet1.xml')).not.toContain('<drawing');
  expect(parts.get('xl/worksheets/sheet2.xml')).toContain('<drawing r:id="rId1"/></worksheet>');
});
