import { rmSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { temporaryFolder } from '../support/workspace.js';
import { phaseOf, strike } from './moments.js';
import { expectNothingHalf, placeAsBefore, TEST_MS, THOROUGH, undisturbedOf } from './month.js';

/** Exports so large that they are loaded in lanes, which are killed, terminated and interrupted; in thorough runs alone. */

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SESSIONS = 330_000;
/** For so long at least a run loads them: half of what was seen. */
const LOADING_MS = 500;
const OUT_WITHIN_MS = 2000;

test.runIf(THOROUGH)(
  'ended in the midst of its lanes: nothing half, nothing left behind, and a plain rerun gives the same bytes',
  async () => {
    const reference = await undisturbedOf(folder, 'a new warehouse', SESSIONS);
    const place = placeAsBefore(folder, reference);
    for (const signal of ['SIGKILL', 'SIGTERM', 'SIGINT'] as const) {
      const moment = LOADING_MS * Math.random();
      const struck = await strike((options) => place.run([], options), moment, signal, 'Loading');
      expect([struck.late, phaseOf(struck)]).toEqual([false, 'Loading']);
      expect(struck.took).toBeLessThan(OUT_WITHIN_MS);
      expect(expectNothingHalf(place, reference)).toBe(false);
      if (signal !== 'SIGKILL') expect(place.leftovers()).toEqual([]);
    }
    expect((await place.run(['--quiet'])).exit).toBe(0);
    expect(place.published()).toEqual(reference.published);
    expect(place.leftovers()).toEqual([]);
  },
  TEST_MS,
);
