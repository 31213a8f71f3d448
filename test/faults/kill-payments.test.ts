import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ended, settle } from '../support/program.js';
import { filesIn, REPOSITORY, SAMPLE_POLICY, SAMPLES, temporaryFolder } from '../support/workspace.js';
import { killOften } from './moments.js';
import { few, RUNS, TEST_MS } from './month.js';
import { digest, POLICY_ID } from './place.js';

// @module-tag deep

/** SIGKILL at any moment of making a batch of payments, of reviewing and of restoring it, and several at once: it is whole or absent, and paid once. */

const folder = temporaryFolder();
const END_AT = join(REPOSITORY, 'test/faults/end-at.mjs');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What is done one after the other; each place holds what the steps before it left. */
const STEPS = [
  {
    name: 'settled',
    words: () => ['run', '--policy', SAMPLE_POLICY, '--input', join(SAMPLES, '2023-11'), '--no-statements'],
  },
  { name: 'accepted', words: (place: string) => ['accept', runIn(place), '--by', 'finance', '--all'] },
  { name: 'closed', words: (place: string) => ['close', runIn(place), '--by', 'finance'] },
  { name: 'paid', words: () => ['payments', 'make', '--by', 'finance'] },
  { name: 'reviewed', words: (place: string) => ['payments', 'review', idIn(place), '--by', 'treasury'] },
  { name: 'lost', words: () => [] },
  { name: 'restored', words: () => ['close', '--restore'] },
] as const;

type Step = (typeof STEPS)[number];
const stepNamed = (name: string): Step => STEPS.find((step) => step.name === name) as Step;
const before = (step: Step): Step => STEPS[STEPS.indexOf(step) - 1] as Step;
const batchDir = (place: string): string => join(place, 'out/_payments/content-live/0001');

beforeAll(async () => {
  for (const [at, step] of STEPS.entries()) {
    const place = join(folder, step.name);
    if (at === 0) mkdirSync(place);
    else cpSync(join(folder, before(step).name), place, { recursive: true });
    expect((await call(place, step)).exit, step.name).toBe(0);
  }
}, TEST_MS);

async function call(place: string, step: Step, options: Partial<Parameters<typeof settle>[1]> = {}): Promise<Ended> {
  mkdirSync(join(place, 'temp'), { recursive: true });
  if (step.name === 'lost') {
    rmSync(join(place, 'out/_payments'), { recursive: true });
    return { exit: 0, stdout: '', stderr: '', json: {} as Ended['json'] };
  }
  const env = { TMPDIR: join(place, 'temp'), ...options.env };
  return settle([...step.words(place)], { cwd: place, ...options, env });
}

function runIn(place: string): string {
  return readdirSync(join(place, 'out', POLICY_ID)).find((name) => !name.startsWith('.')) as string;
}

function idIn(place: string): string {
  return `content-live/0001-${digest(readFileSync(join(batchDir(place), 'batch.json'))).slice(0, 16)}`;
}

function placeBefore(step: Step): string {
  const place = join(folder, 'disturbed');
  rmSync(place, { recursive: true, force: true });
  cpSync(join(folder, before(step).name), place, { recursive: true });
  return place;
}

/** Which files of payments there are, and what the tables say; batch.json holds a time, and a review its hash. */
function content(place: string): Record<string, string> {
  const root = join(place, 'out/_payments');
  const files = existsSync(root) ? filesIn(root).filter((path) => !/(^|\/)\./.test(path)) : [];
  return Object.fromEntries(
    files.map((path) => [path, path.endsWith('.csv') ? readFileSync(join(root, path), 'utf8') : 'there']),
  );
}

/** After the kill nothing is half there: the step is done, or has not begun. What is restored comes folder by folder, each whole. */
function expectNothingHalf(place: string, step: Step): void {
  const seen = content(place);
  if (step.name === 'restored') {
    const done = content(join(folder, 'restored'));
    expect(Object.entries(seen).filter(([path, text]) => done[path] !== text)).toEqual([]);
    return;
  }
  const two = [before(step), step].map(({ name }) => JSON.stringify(content(join(folder, name))));
  expect(two).toContain(JSON.stringify(seen));
}

/** After the same command once more all is as it would have been, and nothing is paid twice. */
async function expectWhole(place: string, step: Step): Promise<void> {
  expectNothingHalf(place, step);
  const done = content(join(folder, step.name));
  const isDone = JSON.stringify(content(place)) === JSON.stringify(done);
  const again = await call(place, step);
  expect(again.exit, again.stderr).toBe(isDone && step.name !== 'restored' ? 6 : 0);
  if (again.exit === 6) expect(again.stderr).toMatch(/already/);
  expect(content(place)).toEqual(done);
  const nothing = await settle(['close', '--restore', '--json'], { cwd: place });
  expect([nothing.exit, nothing.json.payments], 'folder and warehouse have the same').toEqual([0, []]);
  const verified = await settle(['payments', 'verify'], { cwd: place });
  expect(verified.exit, verified.stdout).toBe(0);
  expect(readdirSync(join(place, 'temp'))).toEqual([]);
}

test.each(few(['paid', 'reviewed', 'restored'], 0))(
  'killed at any moment before it is %s',
  async (name) => {
    const step = stepNamed(name);
    await killOften(Math.ceil(RUNS / 20), `killed before it is ${name}`, [0, 6], {
      begin: () => placeBefore(step),
      run: (place, options) => call(place, step, options),
      check: (place) => expectNothingHalf(place, step),
      mend: (place) => expectWhole(place, step),
    });
  },
  TEST_MS,
);

const POINTS = [
  { name: 'paid', when: 'before', call: 'renameSync', about: '.staged-pay-' },
  { name: 'paid', when: 'after', call: 'renameSync', about: '.staged-pay-' },
  { name: 'paid', when: 'before', call: 'run', about: 'INSERT INTO payment_file' },
  { name: 'paid', when: 'after', call: 'run', about: 'COMMIT' },
  { name: 'paid', when: 'amid', call: 'writeFileSync', about: 'batch.json' },
  { name: 'reviewed', when: 'before', call: 'linkSync', about: '.staged-pay-' },
  { name: 'reviewed', when: 'after', call: 'linkSync', about: '.staged-pay-' },
  { name: 'reviewed', when: 'after', call: 'run', about: 'COMMIT' },
  { name: 'restored', when: 'before', call: 'renameSync', about: '.staged-pay-' },
  { name: 'restored', when: 'after', call: 'renameSync', about: '.staged-pay-' },
];

test.each(few(POINTS, 1, 6))(
  '$name: killed $when $call $about',
  async ({ name, ...point }) => {
    const step = stepNamed(name);
    const place = placeBefore(step);
    const { exit, stderr } = await call(place, step, {
      command: [process.execPath, '--import', END_AT],
      env: { END_AT: JSON.stringify(point) },
    });
    expect(exit, `the step was not reached: ${stderr}`).toBe(null);
    await expectWhole(place, step);
  },
  TEST_MS,
);

test.each([[[]], [['--wait', '60']]])(
  'four at once, %j: one makes the batch',
  async (more) => {
    const place = placeBefore(stepNamed('paid'));
    const words = ['payments', 'make', '--by', 'finance', ...more];
    const ended = await Promise.all([1, 2, 3, 4].map(() => settle(words, { cwd: place })));
    expect(ended.map(({ exit }) => exit).filter((exit) => exit === 0)).toEqual([0]);
    for (const { exit, stderr } of ended.filter((each) => each.exit !== 0)) {
      expect([5, 6]).toContain(exit);
      expect(stderr).toMatch(exit === 5 ? /held|holds|another run/ : /in a batch already/);
    }
    expect(content(place)).toEqual(content(join(folder, 'paid')));
    expect((await settle(['payments', 'verify'], { cwd: place })).exit).toBe(0);
  },
  TEST_MS,
);

test(
  'two warehouses beside one folder, at once: one makes the batch, the other is refused',
  async () => {
    const place = placeBefore(stepNamed('paid'));
    for (const ending of ['', '.head'])
      cpSync(join(place, `settlement.duckdb${ending}`), join(place, `other.duckdb${ending}`));
    const words = (file: string) => ['payments', 'make', '--by', 'finance', '--warehouse', file];
    const ended = await Promise.all(
      ['settlement.duckdb', 'other.duckdb'].map((file) => settle(words(file), { cwd: place })),
    );
    expect(ended.map(({ exit }) => exit).sort(), ended.map(({ stderr }) => stderr).join('\n')).toEqual([0, 6]);
    expect(content(place)).toEqual(content(join(folder, 'paid')));
  },
  TEST_MS,
);
