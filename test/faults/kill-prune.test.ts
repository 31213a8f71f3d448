import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CallOptions, settle } from '../support/program.js';
import { contentOf, filesIn, SAMPLE_POLICY, SAMPLES, temporaryFolder } from '../support/workspace.js';
import { killedAt, type Step } from './killed-at.js';
import { killOften } from './moments.js';
import { few, RUNS, TEST_MS } from './month.js';
import { POLICY_ID } from './place.js';

// @module-tag deep

/** SIGKILL at any moment of a prune: each run folder is there whole, or gone, and the next prune ends it. */

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const full = join(folder, 'full');
const runsIn = (place: string): string => join(place, 'out', POLICY_ID);
const visible = (place: string): string[] => readdirSync(runsIn(place)).filter((name) => !name.startsWith('.'));
/** The run that stays. */
let last = '';
let content: Record<string, Record<string, string>> = {};

beforeAll(async () => {
  mkdirSync(full);
  const input = join(SAMPLES, '2023-11');
  for (const day of ['10', '12', '14', '16', '18', '20']) {
    const words = ['run', '--policy', SAMPLE_POLICY, '--input', input, '--as-of', `2023-11-${day}`, '--json'];
    const { exit, json } = await settle(words, { cwd: full });
    expect(exit).toBe(0);
    last = json.run_id;
  }
  content = Object.fromEntries(visible(full).map((run) => [run, contentOf(join(runsIn(full), run))]));
}, TEST_MS);

let places = 0;
function fresh(): string {
  places += 1;
  const place = join(folder, `place-${places}`);
  cpSync(full, place, { recursive: true });
  mkdirSync(join(place, 'temp'));
  return place;
}

function prune(place: string, options: Partial<CallOptions> = {}) {
  const env = { TMPDIR: join(place, 'temp'), ...options.env };
  return settle(['prune', '--keep-days', '0'], { cwd: place, ...options, env });
}

function expectNothingHalf(place: string): void {
  for (const run of visible(place)) expect(contentOf(join(runsIn(place), run))).toEqual(content[run]);
  expect(visible(place)).toContain(last);
}

async function expectDone(place: string): Promise<void> {
  expectNothingHalf(place);
  const { exit, stderr } = await prune(place);
  expect(exit, stderr).toBe(0);
  expect(visible(place)).toEqual([last]);
  expectNothingHalf(place);
  expect(filesIn(runsIn(place)).filter((file) => file.startsWith('.'))).toEqual([]);
  expect(readdirSync(runsIn(place))).toEqual([last]);
  expect(readdirSync(join(place, 'temp'))).toEqual([]);
  const verified = await settle(['verify', join('out', POLICY_ID, last)], { cwd: place });
  expect(verified.exit).toBe(0);
  rmSync(place, { recursive: true });
}

test(
  'killed at any moment',
  () =>
    killOften(RUNS, 'killed while it prunes', [0], {
      begin: fresh,
      run: prune,
      check: expectNothingHalf,
      mend: expectDone,
    }),
  TEST_MS,
);

const POINTS: Step[] = [
  { when: 'before', call: 'renameSync', about: POLICY_ID },
  { when: 'after', call: 'renameSync', about: POLICY_ID },
  { when: 'after', call: 'renameSync', about: POLICY_ID, nth: 3 },
  { when: 'after', call: 'rmSync', about: '.pruned-', nth: 2 },
];

test.each(few(POINTS, 1))(
  'killed $when $call $about',
  async (point) => {
    const place = fresh();
    await killedAt({ run: (_, options) => prune(place, options) }, point);
    await expectDone(place);
  },
  TEST_MS,
);
