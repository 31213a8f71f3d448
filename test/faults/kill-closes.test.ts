import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hold } from '../../src/warehouse/hold.js';
import { type Ended, settle } from '../support/program.js';
import { REPOSITORY, SAMPLE_POLICY, SAMPLES, SILENT, temporaryFolder } from '../support/workspace.js';
import { killOften } from './moments.js';
import { few, RUNS, TEST_MS } from './month.js';
import { POLICY_ID } from './place.js';

// @module-tag deep

/** SIGKILL at any moment of closing and restating a month, and of restoring closes: no period is half closed, and the chain is whole. */

const folder = temporaryFolder();
const END_AT = join(REPOSITORY, 'test/faults/end-at.mjs');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NOVEMBER = join(SAMPLES, '2023-11');
const LATE = join(SAMPLES, '2023-11-late');

/** What is done one after the other; each place holds what the steps before it left. */
const STEPS = [
  { name: 'settled', words: () => ['run', '--policy', SAMPLE_POLICY, '--input', NOVEMBER] },
  { name: 'accepted', words: (run: string) => ['accept', run, '--by', 'finance', '--all'] },
  { name: 'closed', words: (run: string) => ['close', run, '--by', 'finance'] },
  { name: 'restated', words: () => ['run', '--policy', SAMPLE_POLICY, '--input', LATE] },
  { name: 'closed again', words: (run: string) => ['close', run, '--by', 'finance'] },
  { name: 'lost', words: () => [] },
  { name: 'restored', words: () => ['close', '--restore'] },
] as const;

const DISTURBED = [1, 2, 3, 4, 6].map((at) => STEPS[at] as (typeof STEPS)[number]);

beforeAll(async () => {
  let before: string | undefined;
  for (const step of STEPS) {
    const place = join(folder, step.name);
    if (before === undefined) begin(place);
    else cpSync(before, place, { recursive: true });
    expect((await call(place, step)).exit, step.name).toBe(0);
    before = place;
  }
});

/** The root of packets in a close follows from a secret, which is drawn by chance where none stands there. */
function begin(place: string): void {
  mkdirSync(join(place, 'out'), { recursive: true });
  writeFileSync(join(place, 'out/packet-secret'), `${'5a'.repeat(32)}\n`, { mode: 0o600 });
}

async function call(place: string, step: (typeof STEPS)[number], options: Partial<Parameters<typeof settle>[1]> = {}) {
  mkdirSync(join(place, 'temp'), { recursive: true });
  if (step.name === 'lost') return lose(place);
  const env = { TMPDIR: join(place, 'temp'), ...options.env };
  return settle([...step.words(lastRun(place))], { cwd: place, ...options, env });
}

/** The folder has lost one close, and the warehouse the other. */
async function lose(place: string): Promise<Ended> {
  const runs = join(place, 'out', POLICY_ID);
  const [first] = readdirSync(runs).filter((run) => run !== lastRun(place));
  rmSync(join(runs, first as string, 'close.json'));
  await hold(join(place, 'settlement.duckdb'), [], {}, SILENT, ({ warehouse }) =>
    warehouse.run('DELETE FROM close_record WHERE close_no = 2'),
  );
  return { exit: 0, stdout: '', stderr: '', json: {} as Ended['json'] };
}

/** The run that ended last: the one that adjusts a close, where there is one. */
function lastRun(place: string): string {
  const runs = join(place, 'out', POLICY_ID);
  if (!existsSync(runs)) return '';
  const manifest = (run: string) => JSON.parse(readFileSync(join(runs, run, 'manifest.json'), 'utf8'));
  const names = readdirSync(runs).filter((name) => !name.startsWith('.'));
  return names.find((run) => 'restates' in manifest(run)) ?? names[0] ?? '';
}

function placeBefore(step: (typeof STEPS)[number]): string {
  const before = STEPS[STEPS.indexOf(step) - 1] as (typeof STEPS)[number];
  const place = join(folder, 'disturbed');
  rmSync(place, { recursive: true, force: true });
  cpSync(join(folder, before.name), place, { recursive: true });
  return place;
}

/** Every run folder's closes and manifests, without what a clock says. */
function content(place: string): Record<string, unknown> {
  const runs = join(place, 'out', POLICY_ID);
  const published = readdirSync(runs).filter((name) => !name.startsWith('.'));
  const found = published.flatMap((run) =>
    ['manifest.json', 'close.json', 'adjustments.csv'].map((file) => [run, file, join(runs, run, file)] as const),
  );
  return Object.fromEntries(
    found
      .filter(([, , path]) => existsSync(path))
      .map(([run, file, path]) => [`${run}/${file}`, timeless(readFileSync(path, 'utf8'))]),
  );
}

function timeless(text: string): string {
  return text.replace(/"(started_at|finished_at|closed_at|database)": "[^"]*"/g, '"$1"');
}

/** After the kill nothing is half there: the step is done, or has not begun. */
function expectNothingHalf(place: string, step: (typeof STEPS)[number]): void {
  const [before, done] = [content(placeOf(step)), content(join(folder, step.name))];
  expect([JSON.stringify(before), JSON.stringify(done)]).toContain(JSON.stringify(content(place)));
}

/** After the same command once more all is as it would have been. */
async function expectWhole(place: string, step: (typeof STEPS)[number]): Promise<void> {
  expectNothingHalf(place, step);
  const done = content(join(folder, step.name));
  const seen = content(place);
  const runs = await settle(['runs', '--json'], { cwd: place });
  expect(runs.exit, runs.stderr).toBe(0);
  const again = await call(place, step);
  const isClose = step.name.startsWith('closed');
  expect(again.exit, again.stderr).toBe(isClose && JSON.stringify(seen) === JSON.stringify(done) ? 6 : 0);
  expect(content(place)).toEqual(done);
  const nothing = await settle(['close', '--restore', '--json'], { cwd: place });
  expect([nothing.exit, nothing.json.restored], 'folder and warehouse have the same closes').toEqual([0, []]);
  expect((await settle(['verify', join('out', POLICY_ID, lastRun(place))], { cwd: place })).exit).toBe(0);
  expect(readdirSync(join(place, 'temp'))).toEqual([]);
  if (again.exit === 0)
    expect(readdirSync(join(place, 'out', POLICY_ID)).filter((name) => name.startsWith('.'))).toEqual([]);
}

function placeOf(step: (typeof STEPS)[number]): string {
  return join(folder, (STEPS[STEPS.indexOf(step) - 1] as (typeof STEPS)[number]).name);
}

test.each(few(DISTURBED, 1))(
  'killed at any moment before it is $name',
  // Where the kill before came after the step was done, a close says that it is.
  (step) =>
    killOften(Math.ceil(RUNS / 20), `killed before it is ${step.name}`, [0, 6], {
      begin: () => placeBefore(step),
      run: (place, options) => call(place, step, options),
      check: (place) => expectNothingHalf(place, step),
      mend: (place) => expectWhole(place, step),
    }),
  TEST_MS,
);

const POINTS = [
  { name: 'closed', when: 'before', call: 'linkSync', about: '.staged-close-' },
  { name: 'closed', when: 'after', call: 'linkSync', about: '.staged-close-' },
  { name: 'restated', when: 'before', call: 'renameSync', about: '.staged-' },
  { name: 'restated', when: 'after', call: 'renameSync', about: '.staged-' },
  { name: 'closed again', when: 'before', call: 'linkSync', about: '.staged-close-' },
  { name: 'closed again', when: 'after', call: 'linkSync', about: '.staged-close-' },
  { name: 'closed', when: 'before', call: 'run', about: 'INSERT INTO close_record' },
  { name: 'closed', when: 'after', call: 'run', about: 'COMMIT' },
  { name: 'restored', when: 'before', call: 'linkSync', about: '.staged-close-' },
  { name: 'restored', when: 'after', call: 'linkSync', about: '.staged-close-' },
  { name: 'restored', when: 'before', call: 'run', about: 'INSERT INTO close_record' },
  { name: 'restored', when: 'after', call: 'run', about: 'COMMIT' },
];

test.each(few(POINTS, 1, 2, 9))(
  '$name: killed $when $call $about',
  async ({ name, ...point }) => {
    const step = STEPS.find((one) => one.name === name) as (typeof STEPS)[number];
    const place = placeBefore(step);
    const { exit } = await call(place, step, {
      command: [process.execPath, '--import', END_AT],
      env: { END_AT: JSON.stringify(point) },
    });
    expect(exit, 'the step was not reached').toBe(null);
    await expectWhole(place, step);
  },
  TEST_MS,
);
