import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Warehouse } from '../../src/engine/duckdb/warehouse.js';
import type { ExportFile } from '../../src/load/folder.js';
import { Lanes } from '../../src/load/lanes.js';
import type { Numbered } from '../../src/load/stage/batch.js';
import { Batches, shareOut } from '../../src/load/stage/batches.js';
import { workspace, write } from '../support/workspace.js';

async function withWarehouse(threads: number, work: (warehouse: Warehouse) => Promise<void>): Promise<void> {
  const folder = workspace();
  const warehouse = await Warehouse.open({ file: ':memory:', scratch: folder, folders: [folder], threads });
  await work(warehouse);
  warehouse.close();
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test('lanes work side by side, share the threads out and give the results in the order of the work', () =>
  withWarehouse(3, async (warehouse) => {
    const lanes = await Lanes.open<number>(warehouse, 3);
    expect(await warehouse.threads()).toBe(1);
    let busy = 0;
    let most = 0;
    for (const number of [1, 2, 3, 4, 5])
      lanes.add(async (lane) => {
        busy += 1;
        most = Math.max(most, busy);
        await pause(60 - 10 * number);
        const seen = await lane.count(`SELECT ${number}`);
        busy -= 1;
        return seen;
      });
    expect(await lanes.end()).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(3);
    expect(await warehouse.threads()).toBe(3);
  }));

test('of several failures the first of the work is told of, and nothing is begun after one', () =>
  withWarehouse(2, async (warehouse) => {
    const lanes = await Lanes.open<number>(warehouse, 2);
    const begun: number[] = [];
    for (const [number, ms] of [60, 10, 0, 0].entries())
      lanes.add(async () => {
        begun.push(number);
        await pause(ms);
        throw new Error(`work ${number}`);
      });
    await expect(lanes.end()).rejects.toThrow('work 0');
    expect(begun).toEqual([0, 1]);
    expect(await warehouse.threads()).toBe(2);
  }));

test('abandoned lanes end a statement under way at once, and the warehouse works on', () =>
  withWarehouse(2, async (warehouse) => {
    const lanes = await Lanes.open<number>(warehouse, 2);
    for (const lane of [1, 2, 3])
      lanes.add((one) =>
        one.count(`SELECT sum(a.range * b.range) * ${lane} FROM range(10000000) AS a, range(1000) AS b`),
      );
    await pause(100);
    const began = performance.now();
    await lanes.abandon();
    expect(performance.now() - began).toBeLessThan(2000);
    expect(await warehouse.count('SELECT 7')).toBe(7);
  }));

test.each([
  ['few bytes are one lane', [1, 1, 1, 1], 2, { lanes: 1 }],
  ['a file that outweighs the others is read by all threads', [60, 1, 1, 1], 2, { lanes: 1 }],
  ['one thread is one lane', [20, 20, 20, 20], 1, { lanes: 1 }],
  ['many files are as many lanes as threads, which end together', [20, 20, 20, 20], 2, { lanes: 2, bytes: 40 << 20 }],
  ['smaller files of other kinds take no part in that', [20, 20, 20, 20, -2], 2, { lanes: 2, bytes: 40 << 20 }],
  ['more than four lanes are too much memory', [40, 40, 40, 40, 40, 40, 40, 40], 8, { lanes: 4 }],
])('%s', (_, megabytes, threads, plan) => {
  const folder = join(workspace(), 'exports');
  mkdirSync(folder);
  const files = megabytes.map((size, at) => {
    const kind = size < 0 ? 'penalties' : 'sessions';
    const name = `${kind}-${at}.csv`;
    write(folder, { [name]: Buffer.alloc(Math.abs(size) << 20) });
    return { name, path: join(folder, name), kind: { name: kind } } as ExportFile;
  });
  expect(shareOut(files, threads)).toMatchObject(plan);
});

/** How many files each batch takes, given the size of each file. */
function batchesOf(sizes: readonly number[], lanes: number, batches: number): number[] {
  const found: number[] = [];
  const bytes = Math.ceil(sizes.reduce((sum, size) => sum + size) / batches);
  const to = new Batches({ lanes, bytes, batches }, (batch) => found.push(batch.length));
  for (const size of sizes)
    to.add({
      file: { kind: { name: 'sessions' } },
      header: { width: 1, columns: [] },
      simple: { size },
    } as never as Numbered);
  to.end();
  return found;
}

test.each([
  ['as large as can be without cutting a file', Array(30).fill(100), 2, 2, [15, 15]],
  [
    'nearer to their size than with another file',
    [...Array(16).fill(100), 10, ...Array(14).fill(100), 10],
    2,
    2,
    [15, 17],
  ],
  ['with what is left over in the last', [100, 100, 100, 100, 30], 2, 2, [2, 3]],
  ['but never far too large a last one', [100, 100, 100, 100, 400], 2, 2, [4, 1]],
  ['one for each file where each fills it', [500, 500, 500], 2, 3, [1, 1, 1]],
  ['as many turns as it takes', Array(12).fill(100), 2, 4, [3, 3, 3, 3]],
])('batches are %s', (_, sizes, lanes, batches, expected) => {
  expect(batchesOf(sizes, lanes, batches)).toEqual(expected);
});
