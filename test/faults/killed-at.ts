import { join } from 'node:path';
import { expect } from 'vitest';
import { REPOSITORY } from '../support/workspace.js';
import type { Place } from './place.js';

const END_AT = join(REPOSITORY, 'test/faults/end-at.mjs');

/** A step of a run where it is ended; see end-at.mjs. */
export interface Step {
  when: 'before' | 'amid' | 'after';
  /** A function of node:fs, or `run`: a statement of the database. */
  call: string;
  about: string;
  nth?: number | undefined;
}

export async function killedAt(place: Pick<Place, 'run'>, step: Step): Promise<void> {
  const { exit } = await place.run([], {
    command: [process.execPath, '--import', END_AT],
    env: { END_AT: JSON.stringify(step) },
  });
  expect(exit, 'the step was not reached').toBe(null);
}
