import { existsSync, rmSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { temporaryFolder } from '../workspace.js';
import { moments, strike, timed } from './moments.js';
import {
  expectNothingHalf,
  expectSameAfterRerun,
  few,
  placeAsBefore,
  type Reference,
  RUNS,
  STARTS,
  TEST_MS,
  undisturbed,
} from './month.js';
import type { Place } from './place.js';
import { contentOfWarehouse } from './warehouse-content.js';

/** SIGINT and SIGTERM at any moment of a run: out at once, nothing published, nothing left behind. */

const OUT_WITHIN_MS = 2000;
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(few(STARTS, 0))(
  'interrupted or terminated at any moment on %s',
  async (start) => {
    const reference = await undisturbed(folder, start);
    const work = await timed((options) => placeAsBefore(folder, reference).run([], options));
    const loop = moments(Math.ceil(RUNS / 20), work);
    let slowest = 0;
    let signal: keyof typeof SIGNALS = 'SIGTERM';
    for (const moment of loop) {
      signal = signal === 'SIGINT' ? 'SIGTERM' : 'SIGINT';
      const place = placeAsBefore(folder, reference);
      const { how, took } = await signalled(place, signal, moment);
      loop.note(how);
      slowest = Math.max(slowest, took);
      expect(took, `${signal} after ${moment} ms: ${how}`).toBeLessThan(OUT_WITHIN_MS);
      expect(expectNothingHalf(place, reference)).toBe(how === 'too late');
      expect(place.leftovers()).toEqual([]);
      await expectSound(place, reference);
      await expectSameAfterRerun(place, reference);
      rmSync(place.folder, { recursive: true });
    }
    loop.tell(`signalled on ${start}, at most ${Math.round(slowest)} ms`);
  },
  TEST_MS,
);

async function signalled(place: Place, signal: keyof typeof SIGNALS, moment: number) {
  const struck = await strike((options) => place.run([], options), moment, signal);
  const { exit, stdout, stderr, by, took } = struck;
  // It had ended already, or had published everything; Node gives its handlers up before the process is gone.
  if (exit === 0 || (by === signal && stdout !== '')) return { how: 'too late', took };
  expect(exit).toBe(SIGNALS[signal]);
  expect(stderr).toMatch(/^error: (interrupted|terminated): nothing was published\nRun again; .+\n$/m);
  return { how: stderr.split('\n').at(-4)?.split(' ')[0], took };
}

/** The warehouse opens, and holds what it held before or all that the undisturbed run loaded. */
async function expectSound(place: Place, reference: Reference): Promise<void> {
  const { before } = reference;
  if (!existsSync(place.warehouse)) {
    expect(before).toBe(undefined);
    return;
  }
  const content = await contentOfWarehouse(place.warehouse);
  const head = place.headText();
  if (head === reference.head) expect(content).toEqual(reference.content);
  // Between the commit and its head the warehouse is ahead of it, which the next run makes good.
  else if (content.load === reference.content.load) expect(content).toEqual(reference.content);
  else if (before !== undefined) expect(content).toEqual(await contentOfWarehouse(before.warehouse));
  else expect(content.load).toBe('0 rows, 0');
}
