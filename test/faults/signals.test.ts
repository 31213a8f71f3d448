import { existsSync, rmSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { contentOfWarehouse } from '../support/warehouse-content.js';
import { temporaryFolder } from '../support/workspace.js';
import { disturb, moments, type Struck, timed } from './moments.js';
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

/** SIGINT and SIGTERM at any moment of a run: out at once, nothing published, nothing left behind. */

const OUT_WITHIN_MS = 2000;

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(few(STARTS, 0))(
  'interrupted or terminated at any moment on %s',
  async (start) => {
    const reference = await undisturbed(start);
    const work = await timed((options) => placeAsBefore(folder, reference).run([], options));
    const loop = moments(Math.ceil(RUNS / 20), work);
    let slowest = 0;
    await disturb(loop, {
      signals: ['SIGINT', 'SIGTERM'],
      begin: () => placeAsBefore(folder, reference),
      run: (place, options) => place.run([], options),
      check: async (place, struck) => {
        expectOut(struck);
        slowest = Math.max(slowest, struck.took);
        expect(expectNothingHalf(place, reference)).toBe(struck.late);
        expect(place.leftovers()).toEqual([]);
        await expectSound(place, reference);
      },
      mend: async (place) => {
        await expectSameAfterRerun(place, reference);
        rmSync(place.folder, { recursive: true });
      },
    });
    loop.tell(`signalled on ${start}, at most ${Math.round(slowest)} ms`);
  },
  TEST_MS,
);

/** In time, and with words for whoever interrupted it; or after everything that it had to say. */
function expectOut({ late, exit, stdout, stderr, took }: Struck): void {
  expect(took).toBeLessThan(OUT_WITHIN_MS);
  if (!late) expect(stderr).toMatch(/^error: (interrupted|terminated): nothing was published\nRun again; .+\n$/m);
  // Node gives its handlers up before the process is gone, and the signal ends it then.
  else if (exit !== 0) expect([exit, stdout]).toEqual([null, expect.stringMatching(/./)]);
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
