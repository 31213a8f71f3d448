import { rmSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { temporaryFolder } from '../workspace.js';
import { expectNothingHalf, placeAsBefore, RUNS, TEST_MS, THOROUGH, undisturbed } from './month.js';

/** Exports so large that they are loaded in lanes, which are killed, terminated and interrupted; in thorough runs alone. */

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SESSIONS = 330_000;
const OUT_WITHIN_MS = 2000;

test.runIf(THOROUGH)(
  'ended in the midst of its lanes: nothing half, nothing left behind, and a plain rerun gives the same bytes',
  async () => {
    const reference = await undisturbed(folder, 'a new warehouse', SESSIONS);
    const signals = ['SIGKILL', 'SIGTERM', 'SIGINT'] as const;
    const rounds = Math.ceil(RUNS / 200);
    for (let round = 0; round < rounds; round += 1) {
      for (const signal of signals) {
        const place = placeAsBefore(folder, reference);
        let sent = 0;
        const { exit } = await place.run([], {
          onStart: (child) =>
            setTimeout(
              () => {
                sent = performance.now();
                child.kill(signal);
              },
              reference.ms * (0.1 + 0.35 * Math.random()),
            ),
        });
        expect(exit).toBe({ SIGKILL: null, SIGTERM: 143, SIGINT: 130 }[signal]);
        expect(performance.now() - sent).toBeLessThan(OUT_WITHIN_MS);
        expect(expectNothingHalf(place, reference)).toBe(false);
        if (signal !== 'SIGKILL') expect(place.leftovers()).toEqual([]);
        expect((await place.run(['--quiet'])).exit).toBe(0);
        expect(place.published()).toEqual(reference.published);
        expect(place.leftovers()).toEqual([]);
        rmSync(place.folder, { recursive: true });
      }
    }
  },
  TEST_MS,
);
