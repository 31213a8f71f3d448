import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportsOf } from '../support/month-to-date.js';
import { type CallOptions, settle } from '../support/program.js';
import { filesIn, SAMPLE_POLICY, temporaryFolder, write } from '../support/workspace.js';
import { killedAt, type Step } from './killed-at.js';
import { killOften } from './moments.js';
import { few, RUNS, TEST_MS, THOROUGH } from './month.js';
import { digest, POLICY_ID, readPublished } from './place.js';

// @module-tag deep

/** SIGKILL at any moment of a compaction: the warehouse holds what it held, and the next compaction ends it. */

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const full = join(folder, 'full');
const LOADS = THOROUGH ? 8 : 4;
/** An early load, and the last. */
const ASKED = [2, LOADS];
let published: Record<string, string>[] = [];
let head = '';
let files = '';

beforeAll(async () => {
  mkdirSync(join(full, 'temp'), { recursive: true });
  for (let today = 1; today <= LOADS; today += 1) {
    mkdirSync(join(full, 'exports'), { recursive: true });
    write(join(full, 'exports'), exportsOf(today));
    expect((await settle(['load', 'exports'], { cwd: full })).exit).toBe(4);
  }
  rmSync(join(full, 'exports'), { recursive: true });
  head = readFileSync(join(full, 'settlement.duckdb.head'), 'utf8');
  files = (await settle(['files', '--json'], { cwd: full })).stdout;
  const asked = fresh();
  published = [];
  for (const load of ASKED) published.push(await publishedAt(asked, load));
}, TEST_MS);

let places = 0;
function fresh(): string {
  places += 1;
  const place = join(folder, `place-${places}`);
  cpSync(full, place, { recursive: true });
  return place;
}

function call(place: string, words: readonly string[], options: Partial<CallOptions> = {}) {
  const env = { TMPDIR: join(place, 'temp'), ...options.env };
  return settle(words, { cwd: place, ...options, env });
}

const compact = (place: string, options: Partial<CallOptions> = {}) => call(place, ['compact'], options);

/** What is settled with what was known after a load, file by file. */
async function publishedAt(place: string, load: number): Promise<Record<string, string>> {
  const { exit, json } = await call(place, ['run', '--policy', SAMPLE_POLICY, '--known-at', String(load), '--json']);
  expect(exit).toBe(4);
  return Object.fromEntries(
    filesIn(json.run_dir).map((file) => [file, digest(readPublished(join(json.run_dir, file)))]),
  );
}

async function expectSameFiles(place: string): Promise<void> {
  const seen = await call(place, ['files', '--json']);
  expect(seen.exit, seen.stderr).toBe(0);
  expect(seen.stdout.replaceAll(place, '')).toBe(files.replaceAll(full, ''));
  expect(readFileSync(join(place, 'settlement.duckdb.head'), 'utf8')).toBe(head);
}

async function expectDone(place: string): Promise<void> {
  await expectSameFiles(place);
  const { exit, stderr } = await compact(place);
  expect(exit, stderr).toBe(0);
  const again = await call(place, ['compact', '--json']);
  expect(again.json.rows, again.stderr).toBe(0);
  await expectSameFiles(place);
  for (const [at, load] of ASKED.entries()) expect(await publishedAt(place, load)).toEqual(published[at]);
  const usual = ['out', 'settlement.duckdb', 'settlement.duckdb.head', 'temp'];
  expect(readdirSync(place).sort()).toEqual(usual);
  expect(readdirSync(join(place, 'temp'))).toEqual([]);
  expect(existsSync(join(place, 'out', POLICY_ID))).toBe(true);
  rmSync(place, { recursive: true });
}

test(
  'killed at any moment',
  () =>
    killOften(RUNS, 'killed while it compacts', [0], {
      begin: fresh,
      run: compact,
      check: expectSameFiles,
      mend: expectDone,
    }),
  TEST_MS,
);

const POINTS: Step[] = [
  { when: 'before', call: 'run', about: 'DROP TABLE moved_row' },
  { when: 'before', call: 'run', about: 'COMMIT' },
  { when: 'after', call: 'run', about: 'COMMIT' },
  { when: 'amid', call: 'run', about: 'CHECKPOINT' },
  { when: 'after', call: 'run', about: 'ATTACH' },
  { when: 'after', call: 'run', about: 'INSERT INTO fresh', nth: 5 },
  { when: 'before', call: 'renameSync', about: '.settlement.duckdb.new-' },
  { when: 'after', call: 'renameSync', about: '.settlement.duckdb.new-' },
];

test.each(few(POINTS, 1, 7))(
  'killed $when $call $about',
  async (point) => {
    const place = fresh();
    await killedAt({ run: (_, options) => compact(place, options) }, point);
    await expectDone(place);
  },
  TEST_MS,
);
