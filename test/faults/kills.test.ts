import { rmSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { temporaryFolder } from '../support/workspace.js';
import { disturb, moments, timed } from './moments.js';
import {
  expectNothingHalf,
  expectSameAfterRerun,
  few,
  placeAsBefore,
  RUNS,
  STARTS,
  TEST_MS,
  undisturbed,
} from './month.js';

/**
 * SIGKILL at any moment of a run, and of those that begin again on what it left: the plain run after them leaves what an
 * undisturbed one leaves, and nothing besides.
 */

/** The kills of nights (a tenth) are kills of runs on an existing warehouse too. */
const OF_EACH_START = 0.45;

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(few(STARTS, 1))(
  'killed at any moment on %s',
  async (start) => {
    const reference = await undisturbed(start);
    const work = await timed((options) => placeAsBefore(folder, reference).run([], options));
    const loop = moments(Math.ceil(RUNS * OF_EACH_START), work);
    await disturb(loop, {
      begin: () => placeAsBefore(folder, reference),
      run: (place, options) => place.run([], options),
      check: (place, { exit }) => {
        expect([null, 0]).toContain(exit);
        expectNothingHalf(place, reference);
      },
      mend: async (place) => {
        await expectSameAfterRerun(place, reference);
        rmSync(place.folder, { recursive: true });
      },
    });
    loop.tell(`killed on ${start}`);
  },
  TEST_MS,
);
