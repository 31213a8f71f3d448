import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { expectAsThen, OLD_PLACES, type OldName, OldPlace } from '../support/old-place.js';
import { contentOfWarehouse } from '../support/warehouse-content.js';
import { REPOSITORY, temporaryFolder } from '../support/workspace.js';
import type { Step } from './killed-at.js';
import { moments, phaseOf, strike, timed } from './moments.js';
import { few, RUNS, TEST_MS, THOROUGH } from './month.js';

// @module-tag deep

/**
 * SIGKILL at any moment while a warehouse of an older format is carried over, and the file as it was copied: a plain command
 * after it finds everything, and leaves what an undisturbed one does, the copy with it.
 */

const END_AT = join(REPOSITORY, 'test/faults/end-at.mjs');
const OPENING = ['load', 'exports/none'];

/** Killed at the first such call, at the second and so on, until there is none. An empty `about` is every statement. */
const STEPS: readonly Omit<Step, 'nth'>[] = [
  { when: 'amid', call: 'run', about: 'warehouse_format' },
  { when: 'after', call: 'run', about: 'warehouse_format' },
  { when: 'before', call: 'run', about: '' },
  { when: 'amid', call: 'run', about: '' },
  { when: 'after', call: 'run', about: 'COMMIT' },
  { when: 'after', call: 'run', about: 'CHECKPOINT' },
  { when: 'before', call: 'renameSync', about: 'settlement.duckdb' },
  { when: 'after', call: 'renameSync', about: 'settlement.duckdb' },
  { when: 'before', call: 'rmSync', about: 'settlement.duckdb' },
  { when: 'after', call: 'rmSync', about: 'settlement.duckdb' },
  { when: 'after', call: 'openSync', about: '.format-' },
  { when: 'before', call: 'write', about: '' },
  { when: 'after', call: 'write', about: '' },
  { when: 'before', call: 'fsyncSync', about: '' },
  { when: 'after', call: 'fsyncSync', about: '' },
];

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let places = 0;

const copyOf = (old: OldPlace): OldPlace => {
  places += 1;
  return old.copy(join(folder, `copy-${places}`));
};

interface Opened {
  old: OldPlace;
  names: string[];
  content: Record<string, string>;
  copy: Record<string, string>;
}

/** A place where the first opening was left alone, with which all the others are compared. */
async function undisturbed(name: OldName): Promise<Opened> {
  const old = OldPlace.unpacked(name, mkdtempSync(join(folder, 'old-')));
  const place = copyOf(old);
  expect((await place.settle(OPENING)).exit).toBe(0);
  const content = await contentOfWarehouse(place.warehouse);
  return { old, names: readdirSync(place.folder).sort(), content, copy: await contentOfWarehouse(copyBeside(place)) };
}

/** The file as it was before it was carried over. */
function copyBeside({ folder }: OldPlace): string {
  const [name, ...others] = readdirSync(folder).filter((file) => file.startsWith('settlement.duckdb.format-'));
  expect([name, others]).toEqual([expect.stringMatching(/\.format-\d+$/), []]);
  return join(folder, name as string);
}

/** After a kill: plain commands answer as the old build did, and to the row the warehouse is as if nobody had disturbed it. */
async function expectWhole(place: OldPlace, opened: Opened, questions: number): Promise<void> {
  const { old, names, content, copy } = opened;
  for (const then of old.answers.asked.slice(0, questions)) expectAsThen(await place.ask(then.words), then);
  const { exit, stderr } = await place.settle(OPENING);
  expect(exit, stderr).toBe(0);
  expect(await contentOfWarehouse(copyBeside(place))).toEqual(copy);
  expect(await contentOfWarehouse(place.warehouse)).toEqual(content);
  expect(readdirSync(place.folder).sort()).toEqual(names);
  expect(readdirSync(join(place.folder, 'temp'))).toEqual([]);
  rmSync(place.folder, { recursive: true });
}

test.each(few(OLD_PLACES, 3, 7))(
  '%s: killed at any moment',
  async (name) => {
    const opened = await undisturbed(name);
    const work = await timed((options) => copyOf(opened.old).settle(OPENING, options));
    const loop = moments(Math.ceil(RUNS / (THOROUGH ? 20 : 2)), work);
    for (const moment of loop) {
      const place = copyOf(opened.old);
      const struck = await strike((options) => place.settle(OPENING, options), moment);
      loop.note(struck.late ? 'too late' : phaseOf(struck));
      if (struck.late) loop.ended(struck.worked);
      expect([null, 0]).toContain(struck.exit);
      await expectWhole(place, opened, 2);
    }
    loop.tell(`${name}: killed while it was first opened`);
  },
  TEST_MS,
);

test.each(few(STEPS, 1, 10))(
  'killed $when each $call $about',
  async (step) => {
    const opened = await undisturbed('format-3/killed');
    for (let nth = 1, exit: number | null = null; exit !== 0; nth += 1) {
      const place = copyOf(opened.old);
      const ended = await place.settle(OPENING, {
        command: [process.execPath, '--import', END_AT],
        env: { END_AT: JSON.stringify({ ...step, nth }) },
      });
      exit = ended.exit;
      expect([null, 0], ended.stderr).toContain(exit);
      await expectWhole(place, opened, 1);
    }
  },
  TEST_MS,
);
