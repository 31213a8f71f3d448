import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { load } from '../../src/commands/load.js';
import { run } from '../../src/commands/run.js';
import { DEEP } from '../support/deep.js';
import { anchorsCsv, CLEAN_MONTH, sessionsCsv } from '../support/exports.js';
import { day, exportsOf } from '../support/month-to-date.js';
import { contentOfWarehouse } from '../support/warehouse-content.js';
import { SAMPLE_POLICY, SAMPLES, SILENT, settle, workspace } from '../support/workspace.js';
import { folderOf, loadBeside, loadInto, publishedFiles, settledFrom } from './lake-place.js';

/** Exports that are loaded into a lake settle to the bytes of the same exports in a warehouse. */

const NOVEMBER = join(SAMPLES, '2023-11');

test('a month that two processes load together settles as one that is loaded into a warehouse', async () => {
  const folder = workspace();
  const [one, other] = await Promise.all([loadBeside(folder, NOVEMBER), loadBeside(folder, NOVEMBER)]);
  expect(one.exit, one.stderr).toBe(0);
  expect(other.exit, other.stderr).toBe(0);
  const known = { ...one.json, loaded: [], load: null, known: 15 };
  // Whoever comes when all of it is done finds all of it known.
  expect([one.json, known]).toContainEqual(other.json.load === null ? one.json : other.json);
  const lake = join(folder, 'lake');
  const there = await settledFrom(lake, SAMPLE_POLICY, join(folder, 'there'));
  const here = await settle({ policy: SAMPLE_POLICY, input: NOVEMBER, out: join(folder, 'here') });
  expect(there.published).toEqual(publishedFiles(here.runDir));
  expect(await loadInto(lake, NOVEMBER)).toMatchObject({ load: null, loaded: [], known: 15, exit: 0 });
});

test('four processes load what one does', DEEP, async () => {
  const folder = workspace();
  const ended = await Promise.all([1, 2, 3, 4].map(() => loadBeside(folder, NOVEMBER)));
  for (const { exit, stderr } of ended) expect(exit, stderr).toBe(0);
  const alone = join(folder, 'alone');
  await loadInto(alone, NOVEMBER);
  const both = [join(folder, 'lake'), alone].map((lake, at) =>
    settledFrom(lake, SAMPLE_POLICY, join(folder, `out-${at}`)),
  );
  const [four, one] = await Promise.all(both);
  expect(four?.published).toEqual(one?.published);
});

describe('exports that come again each day', () => {
  const DAYS = 8;

  /** Loads every day's exports into a lake and a warehouse; the lake's warehouse takes them after the days that are given. */
  async function history(takenAfter: readonly number[]) {
    const folder = workspace();
    const [lake, warehouse, ofLake, out] = ['lake', 'w.duckdb', 'l.duckdb', 'out'].map((name) =>
      join(folder, name),
    ) as [string, string, string, string];
    const common = { policy: SAMPLE_POLICY, strict: false, statements: true };
    let last = { here: '', there: '' };
    for (let today = 1; today <= DAYS; today += 1) {
      const input = folderOf(join(folder, 'exports'), exportsOf(today));
      await load(input, { warehouse, out }, SILENT);
      expect(await loadInto(lake, input)).toMatchObject({ exit: 4, load: today });
      if (!takenAfter.includes(today)) continue;
      const there = await run({ ...common, lake, warehouse: ofLake, out: join(folder, 'of-lake') }, SILENT);
      const here = await run({ ...common, input, warehouse, out }, SILENT);
      expect(publishedFiles(there.runDir)).toEqual(publishedFiles(here.runDir));
      last = { here: here.runDir, there: there.runDir };
    }
    return { warehouse, ofLake, last };
  }

  test('are all taken at once, and nothing of the warehouse is otherwise', DEEP, async () => {
    const { warehouse, ofLake } = await history([DAYS]);
    expect(await contentOfWarehouse(ofLake)).toEqual(await contentOfWarehouse(warehouse));
  });

  test('are taken in some goes', DEEP, async () => {
    const { warehouse, ofLake } = await history([1, 3, 4, 7, DAYS]);
    expect(await contentOfWarehouse(ofLake)).toEqual(await contentOfWarehouse(warehouse));
  });
});

test('the same file under two names counts twice, and its rows lie there once', DEEP, async () => {
  const folder = workspace();
  const files = { ...CLEAN_MONTH, 'sessions-2.csv': CLEAN_MONTH['sessions.csv'] };
  const input = folderOf(join(folder, 'exports'), files);
  const lake = join(folder, 'lake');
  expect(await loadInto(lake, input)).toMatchObject({ load: 1, known: 0 });
  const there = await settledFrom(lake, SAMPLE_POLICY, join(folder, 'there'));
  const here = await settle({ policy: SAMPLE_POLICY, input, out: join(folder, 'here') });
  expect(there.published).toEqual(publishedFiles(here.runDir));
  expect(JSON.parse(there.published['manifest.json'] as string).inputs).toHaveLength(3);
});

test('what is read by another choice now is read again, with what stands after it', DEEP, async () => {
  const folder = workspace();
  const [lake, warehouse, ofLake] = ['lake', 'w.duckdb', 'l.duckdb'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const words = (unknown: string) => ({ mappings: { anchors: { columns: { [unknown]: 'nickname' }, words: {} } } });
  const anchors = anchorsCsv('a1', 'a2').replace('nickname', '昵称称');
  const input = folderOf(join(folder, 'exports'), {
    ...CLEAN_MONTH,
    'anchors.csv': anchors,
    'anchors-2.csv': anchorsCsv('a2'),
  });
  for (const more of [{}, words('昵称称')]) {
    await loadInto(lake, input, more);
    await load(input, { warehouse, out: join(folder, 'out'), ...more }, SILENT);
  }
  const there = await run(
    { policy: SAMPLE_POLICY, strict: false, statements: true, lake, warehouse: ofLake, out: join(folder, 'of-lake') },
    SILENT,
  );
  expect(there.load.loaded.map(({ file, replaced }) => [file, replaced])).toEqual([
    ['anchors.csv', false],
    ['anchors-2.csv', false],
    ['sessions.csv', false],
    ['anchors.csv', true],
    ['anchors-2.csv', true],
  ]);
  expect(await contentOfWarehouse(ofLake)).toEqual(await contentOfWarehouse(warehouse));
});

describe('two goes at once', () => {
  test('of different folders: one waits, and both count in the order in which they were registered', DEEP, async () => {
    const folder = workspace();
    mkdirSync(join(folder, 'a'));
    folderOf(join(folder, 'a'), CLEAN_MONTH);
    folderOf(join(folder, 'b'), { 'sessions-b.csv': sessionsCsv({ id: 's9', day: day(9) }) });
    const ended = await Promise.all(['a', 'b'].map((input) => loadBeside(folder, input, { words: ['--wait', '120'] })));
    expect(ended.map(({ exit }) => exit)).toEqual([0, 0]);
    expect(ended.map(({ json }) => json.load).sort()).toEqual([1, 2]);
    const { published } = await settledFrom(join(folder, 'lake'), SAMPLE_POLICY, join(folder, 'out'));
    expect(JSON.parse(published['manifest.json'] as string).inputs).toHaveLength(3);
  });
});

test('a warehouse takes from one lake alone', DEEP, async () => {
  const folder = workspace();
  const input = folderOf(join(folder, 'exports'), CLEAN_MONTH);
  const [lake, other] = [join(folder, 'lake'), join(folder, 'other')];
  const options = {
    policy: SAMPLE_POLICY,
    strict: false,
    statements: true,
    out: join(folder, 'out'),
    warehouse: join(folder, 'w.duckdb'),
  };
  await loadInto(lake, input);
  await run({ ...options, lake }, SILENT);
  await loadInto(
    other,
    folderOf(join(folder, 'exports'), { ...CLEAN_MONTH, 'anchors.csv': anchorsCsv('a1', 'a2', 'a3') }),
  );
  await expect(run({ ...options, lake: other }, SILENT)).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringContaining("doesn't come from the lake"),
  });
});
