import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/workspace.js';
import { killedAt, type Step } from './killed-at.js';
import {
  expectNothingHalf,
  expectSameAfterRerun,
  few,
  placeAsBefore,
  type Reference,
  STARTS,
  TEST_MS,
  THOROUGH,
  undisturbed,
} from './month.js';

// @module-tag deep

/** SIGKILL at the places where one step of making things last has been taken and the next has not. */

interface Point extends Step {
  /** On a new warehouse, where the first such call is about the draft of its file. */
  nthWhenNew?: number;
  /** Is not reached on an existing warehouse. */
  newOnly?: true;
  /** Is tried in every `npm test`. */
  always?: true;
}

const POINTS: readonly Point[] = [
  { when: 'before', call: 'run', about: 'CREATE TABLE load', newOnly: true },
  { when: 'before', call: 'linkSync', about: '.new-', newOnly: true },
  { when: 'after', call: 'linkSync', about: '.new-', newOnly: true },
  { when: 'after', call: 'run', about: 'INSERT INTO session_row' },
  { when: 'before', call: 'run', about: 'BEGIN TRANSACTION', always: true },
  { when: 'before', call: 'run', about: 'COMMIT' },
  { when: 'amid', call: 'run', about: 'COMMIT' },
  { when: 'after', call: 'run', about: 'COMMIT' },
  { when: 'before', call: 'renameSync', about: '.head.new-', always: true },
  { when: 'after', call: 'renameSync', about: '.head.new-' },
  { when: 'amid', call: 'run', about: 'CHECKPOINT', nthWhenNew: 2 },
  { when: 'after', call: 'run', about: 'CHECKPOINT', nthWhenNew: 2 },
  { when: 'before', call: 'renameSync', about: '.staged-', always: true },
  { when: 'after', call: 'renameSync', about: '.staged-' },
];

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(few(STARTS, 0))('%s', (start) => {
  let reference: Reference;
  beforeAll(async () => {
    reference = await undisturbed(start);
  });

  const isNew = start === 'a new warehouse';
  const points = POINTS.filter(({ newOnly, always }) => (isNew || !newOnly) && (THOROUGH || always));

  test.each(points)(
    'killed $when $call $about',
    async ({ when, call, about, nthWhenNew }) => {
      const place = placeAsBefore(folder, reference);
      await killedAt(place, { when, call, about, nth: isNew ? nthWhenNew : undefined });
      const published = expectNothingHalf(place, reference);
      expect(published).toBe(when === 'after' && about === '.staged-');
      await expectSameAfterRerun(place, reference);
      rmSync(place.folder, { recursive: true });
    },
    TEST_MS,
  );
});
