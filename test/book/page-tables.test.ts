import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type SavedTable, tableBook } from '../../src/opened/table-book.js';
import { workspace } from '../support/workspace.js';
import { sheetsOf } from './reading.js';

/** Tables of a page as a workbook, which a browser writes. */

const column = (head: string, kind: string, total = false) => ({ head, kind, total });
const table = (name: string, columns: SavedTable['columns'], ...rows: string[][]): SavedTable => ({
  name,
  caption: `${name}: a caption`,
  columns,
  rows,
});
const LOOK = { title: 'MCN-01', about: 'of a run', chinese: true };

async function read(...tables: SavedTable[]) {
  const path = join(workspace(), 'a.xlsx');
  writeFileSync(path, await tableBook(tables, LOOK));
  return sheetsOf(path);
}

test('ids and texts stay texts, dates are dates, figures are decimals with their sum', async () => {
  const columns = [column('id', 'id'), column('name', 'text'), column('day', 'date'), column('CNY', 'money', true)];
  const found = await read(
    table(
      '场次',
      columns,
      ['7289000000000000001', '=1+1', '2023-11-05', '90071992547409.93'],
      ['S2', '</t>"\n', '2023-02-30', '-0.01'],
      ['S3', '', '2023-11-05 10:00:00', ''],
    ),
  );
  const cells = found.get('场次')?.cells;
  expect(cells?.get('A5')).toMatchObject({ text: '7289000000000000001', isText: true });
  expect(cells?.get('B5')).toMatchObject({ text: '=1+1', isText: true });
  expect(cells?.get('C5')).toMatchObject({ text: '45235', isText: false });
  expect([cells?.get('C6')?.isText, cells?.get('C7')?.isText]).toEqual([true, true]);
  expect(cells?.get('D3')).toMatchObject({ text: '90071992547409.92', formula: 'SUBTOTAL(109,D5:D7)' });
  expect(cells?.get('A2')?.text).toBe('of a run');
});

test('a column of figures in which somebody wrote something else is one of texts', async () => {
  const found = await read(
    table('a', [column('CNY', 'money', true), column('%', 'percent')], ['1.00', '5'], ['=1', '']),
  );
  const cells = found.get('a')?.cells;
  expect([cells?.get('A5'), cells?.get('A6'), cells?.get('B5')]).toMatchObject([
    { text: '1.00', isText: true },
    { text: '=1', isText: true },
    { text: '5', isText: true },
  ]);
  expect(cells?.get('A3')).toBeUndefined();
});

test('sheets have names that a spreadsheet takes, each once, and the same tables give the same bytes', async () => {
  const one = [column('a', 'text')];
  const long = `[x]:*?/\\'${'名'.repeat(40)}`;
  const tables = [table(long, one, ['1']), table(long, one, ['2']), table('', one), table('A', one), table('a', one)];
  const names = [...(await read(...tables)).keys()];
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(5);
  for (const name of names) expect(name).toMatch(/^[^[\]:*?/\\']{1,31}$/);
  const bytes = await tableBook(tables, LOOK);
  expect(Buffer.from(await tableBook(tables, LOOK)).equals(bytes)).toBe(true);
});
