import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEEP, deepUnless } from '../support/deep.js';
import { asThen, expectAsThen, expectSameTables, OLD_PLACES, OldPlace } from '../support/old-place.js';
import { temporaryFolder } from '../support/workspace.js';

// @module-tag deep

/**
 * Warehouses, runs and closes of a build of warehouse format 2 open, settle, explain, compare and restate as they did.
 * Each test is the first to open its warehouse.
 */

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let places = 0;

describe.each(OLD_PLACES)('%s', (name) => {
  const { asked, known, again, held, next } = OldPlace.answersOf(name);
  let old: OldPlace;
  beforeAll(() => {
    old = OldPlace.unpacked(name, folder);
  });

  const copy = (): OldPlace => {
    places += 1;
    return old.copy(join(folder, `copy-${places}`));
  };

  test.each(asked.map((then) => [then.words.join(' '), then] as const))('%s', DEEP, async (_words, then) => {
    expectAsThen(await copy().ask(then.words), then);
  });

  test.runIf(known.length > 0)('--known-at: the same tables, and nothing is loaded', DEEP, async () => {
    const place = copy();
    for (const then of known) await expectSameRun(place, then);
    for (const then of asked.slice(0, 2)) expectAsThen(await place.ask(then.words), then);
  });

  test('every file that stands is known, however it would be read now', DEEP, async () => {
    expectAsThen(await copy().ask(held.words), held);
  });

  test.runIf(again.length > 0)(
    'settled again, closed as the next revision, and every folder verifies',
    DEEP,
    async () => {
      const place = copy();
      for (const run of place.runDirs())
        if (!existsSync(join(place.folder, run, 'close.json'))) rmSync(join(place.folder, run), { recursive: true });
      for (const then of again) {
        const runDir = await expectSameRun(place, then);
        const { close_no, revision, totals } = then.closed;
        expect((await closed(place, runDir)).answer).toMatchObject({ close_no, revision, totals });
      }
      for (const run of place.runDirs()) expect([run, (await place.ask(['verify', run])).exit]).toEqual([run, 0]);
    },
  );

  test(
    'what comes after is loaded, settled and restated beside it; what was known before stays',
    deepUnless(name.endsWith('/faulty')),
    async () => {
      const place = copy();
      expectAsThen(timeless(await place.ask(next.load.words)), timeless(next.load));
      expectAsThen(timeless(await place.ask(next.files.words)), timeless(next.files));
      await expectSameRun(place, next.run);
      for (const then of known.slice(0, 1)) await expectSameRun(place, then);
    },
  );

  /** Runs, and expects the tables and totals that there were then; gives the run folder. */
  async function expectSameRun(place: OldPlace, then: (typeof known)[number]): Promise<string> {
    const now = await place.ask(then.words);
    expectAsThen(now, then);
    const runDir = now.answer.run_dir as string;
    expectSameTables(join(place.folder, runDir), join(old.folder, then.folder));
    return runDir;
  }
});

/** Closes a run; rows that are quarantined, and whatever this build asks about besides, are accepted. */
async function closed(place: OldPlace, runDir: string): Promise<Awaited<ReturnType<OldPlace['ask']>>> {
  const quarantine = readFileSync(join(place.folder, runDir, 'quarantine.csv'));
  const rows = quarantine.toString('utf8').trimEnd().split('\n').length - 1;
  const sha256 = createHash('sha256').update(quarantine).digest('hex');
  const { exit } = await place.settle(['accept', runDir, '--by', 'Wang Li', '--all']);
  expect(exit).toBe(0);
  const ended = await place.ask([
    ...['close', runDir, '--by', 'Wang Li'],
    ...(rows === 0 ? [] : ['--accept-quarantine', sha256]),
  ]);
  expect([ended.exit, ended.answer.error]).toEqual([0, undefined]);
  return ended;
}

/** Without the time of a load that was made just now. */
function timeless<T extends { answer: Record<string, unknown> }>(asked: T): T {
  const files = (asked.answer.files ?? asked.answer.loaded) as { load: number; loaded_at: string }[];
  const last = Math.max(0, ...files.map(({ load }) => load));
  const without = files.map((file) => (file.load === last ? { ...file, loaded_at: '' } : file));
  return { ...asked, answer: { ...asked.answer, [asked.answer.files === undefined ? 'loaded' : 'files']: without } };
}

describe('the comparison', () => {
  const then = {
    total: '1.00',
    causes: { policy: '1.00' },
    tests: [{ value: '1 h 2 min', margin: 'so much', holds: true }],
  };
  const same = (now: object) => JSON.stringify(asThen(now, then)) === JSON.stringify(asThen(then, then));

  test.each([
    ['a key that came', { ...then, notices: 3 }],
    ['a cause that came and moves nothing', { ...then, causes: { policy: '1.00', ineligible: '0.00' } }],
    ['another wording', { ...then, tests: [{ value: '1 hour, 2 minutes', margin: 'this much', holds: true }] }],
  ])('lets pass %s', (_what, now) => expect(same(now)).toBe(true));

  test.each([
    ['a figure', { ...then, total: '1.01' }],
    ['a key that went', { causes: then.causes, tests: then.tests }],
    ['a cause that came', { ...then, causes: { policy: '1.00', program: '0.01' } }],
    ['a measure', { ...then, tests: [{ value: '1 h 3 min', margin: 'so much', holds: true }] }],
    ['a text that went', { ...then, tests: [{ value: '1 h 2 min', margin: null, holds: true }] }],
    ['a row that came', { ...then, tests: [...then.tests, ...then.tests] }],
    ['a row that went', { ...then, tests: [] }],
  ])('finds %s', (_what, now) => expect(same(now)).toBe(false));
});
