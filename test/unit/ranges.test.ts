import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appendTo, rangesOf } from '../../src/emit/ranges.js';
import { Warehouse } from '../../src/engine/duckdb/warehouse.js';
import { filesIn, temporaryFolder } from '../support/workspace.js';

const folder = temporaryFolder();
let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await Warehouse.open({ file: ':memory:', scratch: folder, folders: [folder], threads: 2 });
});
afterAll(() => {
  warehouse.close();
  rmSync(folder, { recursive: true });
});

/** Rows of anchors, so many of each. */
async function ranges(rows: Record<string, number>, most: number): Promise<string[]> {
  const values = Object.entries(rows).map(([anchor, count]) => `('${anchor}', ${count})`);
  await warehouse.run(`CREATE OR REPLACE TEMP TABLE line AS SELECT anchor_id
    FROM (VALUES ${values}) AS v(anchor_id, rows), range(v.rows)`);
  const found = await rangesOf(warehouse, 'SELECT * FROM line', 'anchor_id', most);
  const inAny = found.map((range) => `(${range})::INTEGER`).join(' + ');
  expect(await warehouse.count(`SELECT count(*) FROM line WHERE ${inAny} <> 1`), 'each row in one range').toBe(0);
  return found;
}

test.each([
  [6, ['true']],
  [5, [`"anchor_id" < 'c'`, `"anchor_id" >= 'c'`]],
  [4, [`"anchor_id" < 'c'`, `"anchor_id" >= 'c'`]],
  [3, [`"anchor_id" < 'b'`, `"anchor_id" >= 'b'`]],
])('six rows, at most a range ends at %i', async (most, expected) => {
  const found = await ranges({ a: 3, b: 2, c: 1 }, most);
  expect(found).toEqual(expected);
});

test('an anchor is never in two ranges, however many rows it has', async () => {
  expect(await ranges({ A1: 9, A2: 1, a1: 1, 'a.1': 1 }, 2)).toEqual([
    `"anchor_id" < 'A2'`,
    `"anchor_id" >= 'A2' AND "anchor_id" < 'a.1'`,
    `"anchor_id" >= 'a.1'`,
  ]);
  expect(await ranges({ a: 5 }, 1)).toEqual(['true']);
});

test('no rows are one range', async () => {
  expect(await ranges({ a: 0 }, 1)).toEqual(['true']);
});

test('a file goes to the end of another and is gone', async () => {
  const [whole, part] = [join(folder, 'whole'), join(folder, 'part')];
  writeFileSync(whole, 'a,b\n1,2\n');
  writeFileSync(part, `${'3,4\n'.repeat(700_000)}`); // several pieces
  await appendTo(whole, part);
  expect(readFileSync(whole, 'utf8')).toBe(`a,b\n1,2\n${'3,4\n'.repeat(700_000)}`);
  expect(filesIn(folder)).not.toContain('part');
});
