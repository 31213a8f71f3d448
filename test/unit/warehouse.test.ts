import { expect, test } from 'vitest';
import { Warehouse } from '../../src/engine/duckdb/warehouse.js';
import { workspace } from '../support/workspace.js';

async function percentsOf(warehouse: Warehouse): Promise<(number | undefined)[]> {
  const work = warehouse.run('CREATE OR REPLACE TEMP TABLE sorted AS SELECT hash(n) AS h FROM number ORDER BY h');
  const seen: (number | undefined)[] = [];
  const timer = setInterval(() => seen.push(warehouse.percent), 5);
  await work;
  clearInterval(timer);
  return seen;
}

test('how far a statement has come is counted once that is asked for', async () => {
  const folder = workspace();
  const warehouse = await Warehouse.open({ file: ':memory:', scratch: folder, folders: [folder], threads: 1 });
  await warehouse.run('CREATE TEMP TABLE number AS SELECT range AS n FROM range(3000000)');
  expect((await percentsOf(warehouse)).filter((percent) => percent !== undefined)).toEqual([]);
  await warehouse.countProgress();
  const counted = (await percentsOf(warehouse)).filter((percent) => percent !== undefined);
  expect(counted.length).toBeGreaterThan(0);
  for (const percent of counted) expect(percent).toBeLessThanOrEqual(100);
  warehouse.close();
});
