import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CallOptions, settle } from '../support/program.js';
import { contentOfWarehouse } from '../support/warehouse-content.js';
import { contentOf, REPOSITORY, SAMPLE_POLICY, SAMPLES, temporaryFolder } from '../support/workspace.js';
import { killOften } from './moments.js';
import { few, RUNS, TEST_MS } from './month.js';
import { POLICY_ID } from './place.js';

// @module-tag deep

/** SIGKILL at any moment of a rebuild or a backup: nothing is lost, and the same command again finishes. */

const folder = temporaryFolder();
const END_AT = join(REPOSITORY, 'test/faults/end-at.mjs');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const EXPORTS = ['2023-11', '2023-11-late'].map((name) => join(SAMPLES, name)) as [string, string];
const REBUILD = ['rebuild', ...EXPORTS.flatMap((input) => ['--input', input])];
const BACKUP = ['backup', 'backups/one.duckdb'];
const WHOLE = join(folder, 'whole');

type Options = Partial<CallOptions>;

async function call(place: string, words: readonly string[], options: Options = {}) {
  mkdirSync(join(place, 'temp'), { recursive: true });
  return settle([...words], { cwd: place, ...options, env: { TMPDIR: join(place, 'temp'), ...options.env } });
}

/** A closed month, what came late to it, and the warehouse that a rebuild makes of both. */
beforeAll(async () => {
  mkdirSync(WHOLE);
  const done = async (...words: string[]) => {
    const { exit, stderr } = await call(WHOLE, words);
    expect(exit, stderr).toBe(0);
  };
  await done('run', '--policy', SAMPLE_POLICY, '--input', EXPORTS[0]);
  const [run] = readdirSync(join(WHOLE, 'out', POLICY_ID)) as [string];
  await done('accept', run, '--by', 'finance', '--all');
  await done('close', run, '--by', 'finance');
  await done('payments', '--by', 'finance'); // a close that no batch holds is noted with the time of the rebuild
  await done('run', '--policy', SAMPLE_POLICY, '--input', EXPORTS[1]);
  for (const end of ['', '.head']) rmSync(join(WHOLE, `settlement.duckdb${end}`));
  cpSync(WHOLE, join(folder, 'lost'), { recursive: true });
  await done(...REBUILD);
});

function placeOf(start: 'lost' | 'whole'): string {
  const place = join(folder, 'disturbed');
  rmSync(place, { recursive: true, force: true });
  cpSync(join(folder, start), place, { recursive: true });
  return place;
}

/** The runs and closes are as they were, and a warehouse that can be seen is whole. */
async function expectNothingHalf(place: string): Promise<void> {
  expect(contentOf(join(place, 'out'))).toEqual(contentOf(join(WHOLE, 'out')));
  const file = join(place, 'settlement.duckdb');
  if (!existsSync(file)) return;
  expect(readFileSync(`${file}.head`)).toEqual(readFileSync(join(WHOLE, 'settlement.duckdb.head')));
  expect(await contentOfWarehouse(file)).toEqual(await contentOfWarehouse(join(WHOLE, 'settlement.duckdb')));
}

async function expectRebuilt(place: string): Promise<void> {
  const again = await call(place, REBUILD);
  expect([0, 2]).toContain(again.exit); // 2: it was there by then
  expect(existsSync(join(place, 'settlement.duckdb')), again.stderr).toBe(true);
  await expectNothingHalf(place);
  const run = await call(place, ['run', '--policy', SAMPLE_POLICY, '--input', EXPORTS[1], '--json']);
  expect([run.exit, run.json.already_there ?? true]).toEqual([0, true]);
  expect(readdirSync(place).sort()).toEqual(['out', 'settlement.duckdb', 'settlement.duckdb.head', 'temp']);
  expect(readdirSync(join(place, 'temp'))).toEqual([]);
}

/** The copy is whole or absent, and the warehouse is as it was. */
function expectWholeBackup(place: string): boolean {
  const copy = join(place, 'backups', 'one.duckdb');
  const isThere = existsSync(copy);
  if (isThere) {
    expect(readFileSync(copy).equals(readFileSync(join(place, 'settlement.duckdb'))), 'the copy').toBe(true);
    expect(readFileSync(`${copy}.head`)).toEqual(readFileSync(join(place, 'settlement.duckdb.head')));
    expect(readFileSync(`${copy}.packet-secret`)).toEqual(readFileSync(join(place, 'out/packet-secret')));
  }
  return isThere;
}

async function expectBackedUp(place: string): Promise<void> {
  const was = expectWholeBackup(place);
  expect((await call(place, BACKUP)).exit).toBe(was ? 2 : 0);
  expect(expectWholeBackup(place)).toBe(true);
  await expectNothingHalf(place);
  if (!was)
    expect(readdirSync(join(place, 'backups')).sort()).toEqual(
      ['', '.head', '.packet-secret'].map((end) => `one.duckdb${end}`),
    );
}

test(
  'a rebuild that is killed at any moment',
  () =>
    killOften(Math.ceil(RUNS / 6), 'a rebuild killed', [0, 2], {
      begin: () => placeOf('lost'),
      run: (place, options) => call(place, REBUILD, options),
      check: expectNothingHalf,
      mend: expectRebuilt,
    }),
  TEST_MS,
);

test(
  'a backup that is killed at any moment',
  () =>
    killOften(Math.ceil(RUNS / 6), 'a backup killed', [0, 2], {
      begin: () => placeOf('whole'),
      run: (place, options) => call(place, BACKUP, options),
      check: expectWholeBackup,
      mend: expectBackedUp,
    }),
  TEST_MS,
);

const POINTS = [
  { words: REBUILD, start: 'lost', when: 'after', call: 'renameSync', about: 'settlement.duckdb.new-' },
  { words: REBUILD, start: 'lost', when: 'before', call: 'linkSync', about: '.new-', nth: 2 },
  { words: REBUILD, start: 'lost', when: 'after', call: 'linkSync', about: '.new-', nth: 2 },
  { words: BACKUP, start: 'whole', when: 'after', call: 'renameSync', about: 'one.duckdb.head' },
  { words: BACKUP, start: 'whole', when: 'before', call: 'linkSync', about: 'one.duckdb.new-' },
  { words: BACKUP, start: 'whole', when: 'after', call: 'linkSync', about: 'one.duckdb.new-' },
] as const;

test.each(few(POINTS, 0, 1, 3))(
  '$words.0: killed $when $call $about',
  async ({ words, start, ...point }) => {
    const place = placeOf(start);
    const { exit } = await call(place, words, {
      command: [process.execPath, '--import', END_AT],
      env: { END_AT: JSON.stringify(point) },
    });
    expect(exit, 'the step was not reached').toBe(null);
    await (start === 'lost' ? expectRebuilt(place) : expectBackedUp(place));
  },
  TEST_MS,
);
