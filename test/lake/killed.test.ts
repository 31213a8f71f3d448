import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { killedAt, type Step } from '../faults/killed-at.js';
import { killOften } from '../faults/moments.js';
import { RUNS, TEST_MS } from '../faults/month.js';
import type { Place } from '../faults/place.js';
import { exportsOf } from '../support/month-to-date.js';
import { type CallOptions, settle } from '../support/program.js';
import { filesIn, SAMPLE_POLICY, temporaryFolder } from '../support/workspace.js';
import { folderOf, loadBeside, loadInto, settledFrom } from './lake-place.js';

// @module-tag deep

/** SIGKILL at any moment of a load into a lake: nothing of it counts, or all of it; and the next load counts exactly once. */

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const exports = join(folder, 'exports');
let whole: Awaited<ReturnType<typeof settledFrom>>;
let rows: string[] = [];

beforeAll(async () => {
  folderOf(exports, exportsOf(4));
  const lake = join(folder, 'whole');
  expect(await loadInto(lake, exports)).toMatchObject({ load: 1, exit: 4 });
  whole = await settledFrom(lake, SAMPLE_POLICY, join(folder, 'whole-out'));
  rows = rowsOf(lake);
});

const rowsOf = (lake: string): string[] => filesIn(lake).filter((path) => path.startsWith('rows/'));
const drafts = (lake: string): string[] => filesIn(lake).filter((path) => /\/\.new-/.test(path));

/** A load that may be ended before it has an answer. */
function struckLoad(place: string, input: string, options: Partial<CallOptions> = {}) {
  return settle(['load', input, '--lake', 'lake'], { cwd: place, ...options });
}

/** What `killedAt` ends. */
function loaderOf(place: string, input: string): Pick<Place, 'run'> {
  return { run: (_words, options) => struckLoad(place, input, options) };
}

let places = 0;
function fresh(): string {
  places += 1;
  return folderOf(join(folder, `place-${places}`), {});
}

/** What is there after a kill settles to nothing or to all of it; the next load makes it whole. */
async function expectWhole(place: string): Promise<void> {
  const lake = join(place, 'lake');
  const again = await loadBeside(place, exports);
  expect([0, 4], again.stderr).toContain(again.exit);
  expect([1, null]).toContain(again.json.load);
  const settled = await settledFrom(lake, SAMPLE_POLICY, join(place, 'out'));
  expect(settled.published).toEqual(whole.published);
  expect(rowsOf(lake).filter((path) => !path.includes('/_new-'))).toEqual(rows);
  expect(await loadInto(lake, exports)).toMatchObject({ load: null, known: 5 });
  expect(drafts(lake).filter((path) => path.includes('/landed/'))).toEqual([]);
}

const at = (when: Step['when'], call: string, about: string, nth?: number): Step => ({ when, call, about, nth });
const STEPS: [string, Step][] = [
  // The first rename below the draft is that of the process's own sign.
  ['before the go is registered', at('before', 'renameSync', 'goes/.new-', 2)],
  ['after the go is registered', at('after', 'renameSync', 'goes/.new-', 2)],
  ['after the third file is claimed', at('after', 'writeFileSync', 'claims/', 3)],
  ['while rows are written', at('amid', 'run', 'COPY', 3)],
  ['before rows get their name', at('before', 'renameSync', '_new-', 4)],
  ['after rows have their name', at('after', 'renameSync', '_new-', 4)],
  ['before a file has landed', at('before', 'renameSync', 'landed/.new-', 2)],
  ['after a file has landed', at('after', 'renameSync', 'landed/.new-', 2)],
  ['after all have landed', at('after', 'renameSync', 'landed/.new-', 5)],
  ['before the go counts', at('before', 'renameSync', '.new-end-')],
  ['after the go counts', at('after', 'renameSync', '.new-end-')],
];

test.each(STEPS)('%s', async (_, step) => {
  const place = fresh();
  await killedAt(loaderOf(place, exports), step);
  await expectWhole(place);
});

test('at any moment, one of two that load together', { timeout: TEST_MS }, async () => {
  await killOften(RUNS, 'loads into a lake', [0, 4], {
    begin: fresh,
    run: async (place, options) => {
      const struck = struckLoad(place, exports, options);
      const [ended, other] = await Promise.all([struck, loadBeside(place, exports)]);
      expect([0, 4], other.stderr).toContain(other.exit);
      // Whoever comes last finds all of it known, and a plain run of the loop is to end with 0.
      return ended.exit === 4 ? { ...ended, exit: 0 } : ended;
    },
    check: () => undefined,
    mend: expectWhole,
  });
});

test('a process that was killed, and a folder that is another since: what it had begun is void', async () => {
  const place = fresh();
  folderOf(join(place, 'mine'), exportsOf(3));
  await killedAt(loaderOf(place, 'mine'), at('after', 'renameSync', 'landed/.new-', 2));
  folderOf(join(place, 'mine'), exportsOf(4));
  const ended = await loadBeside(place, 'mine');
  expect(ended.json).toMatchObject({ load: 1 });
  const { published } = await settledFrom(join(place, 'lake'), SAMPLE_POLICY, join(place, 'out'));
  expect(published).toEqual(whole.published);
});

test('a go that another machine has begun is waited for, until nobody has heard of that machine for a while', async () => {
  const place = fresh();
  const lake = join(place, 'lake');
  await killedAt(loaderOf(place, exports), at('after', 'renameSync', 'goes/.new-', 2));
  const [sign] = filesIn(join(lake, 'goes/000001/workers'));
  const path = join(lake, 'goes/000001/workers', sign as string);
  writeFileSync(path, JSON.stringify({ host: 'elsewhere', pid: 1, began: '1' }));
  folderOf(join(place, 'mine'), exportsOf(4));
  const held = await loadBeside(place, 'mine');
  expect(held.exit).toBe(5);
  expect(held.json.error).toMatchObject({ code: 'held', message: expect.stringContaining(exports) });
  const earlier = new Date(Date.now() - 600_000);
  utimesSync(path, earlier, earlier);
  expect((await loadBeside(place, 'mine')).json).toMatchObject({ load: 1 });
  const { published } = await settledFrom(lake, SAMPLE_POLICY, join(place, 'out'));
  expect(published).toEqual(whole.published);
});
