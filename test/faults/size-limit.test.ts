import { existsSync, rmSync, statSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../support/workspace.js';
import {
  expectNothingHalf,
  expectSameAfterRerun,
  placeAsBefore,
  type Reference,
  TEST_MS,
  THOROUGH,
  undisturbed,
} from './month.js';

/** Writes fail at any step, because files may not grow beyond a size (`ulimit -f`): a disk as full as that for nobody else. */

/** Of the warehouse's size; each limit is too small after the one before it. */
const PARTS = [[0.05, 0.3, 0.6, 0.9], [0.1, 0.4, 0.7, 0.98], [0.2, 0.5, 0.8], [0.4], [0.98]];
const UNIT = 1024;

let folder: string;
let reference: Reference;
beforeAll(async () => {
  folder = temporaryFolder();
  reference = await undisturbed('a new warehouse');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.runIf(THOROUGH && existsSync('/bin/bash')).each(PARTS.map((parts) => ({ parts })))(
  'no file may grow beyond $parts of the warehouse',
  async ({ parts }) => {
    const place = placeAsBefore(folder, reference);
    for (const part of parts) {
      const most = Math.floor((part * statSync(reference.after.warehouse).size) / UNIT);
      const command = ['/bin/bash', '-c', `ulimit -f ${most}; exec "$0" "$@"`, process.execPath] as const;
      const { exit, json } = await place.run(['--json'], { command });
      expect([exit, json.error?.code]).toEqual([1, 'machine']);
      expect(json.error.message).toContain('no space left');
      expect(json.error.message).toContain(place.folder);
      expect(expectNothingHalf(place, reference)).toBe(false);
      expect(place.leftovers().filter((name) => name !== 'settlement.duckdb.wal')).toEqual([]);
    }
    await expectSameAfterRerun(place, reference);
    rmSync(place.folder, { recursive: true });
  },
  TEST_MS,
);
