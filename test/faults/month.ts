import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import { once } from '../support/once.js';
import { contentOfWarehouse } from '../support/warehouse-content.js';
import { REPOSITORY } from '../support/workspace.js';
import { Place } from './place.js';

/** How many disturbed runs a test makes: few in `npm test`, many in `npm run test:faults`. */
export const RUNS = Number(process.env.FAULT_RUNS ?? 6);
export const THOROUGH = RUNS >= 50;

/** All of them, or in `npm test` those at the given places. */
export function few<T>(all: readonly T[], ...places: number[]): T[] {
  return all.filter((_, at) => THOROUGH || places.includes(at));
}

const SESSIONS = THOROUGH ? 1000 : 600;

/** A loop of disturbed runs is over after this, however many were made; and a test of several such runs a while later. */
export const LOOP_MS = Number(process.env.FAULT_LOOP_MS ?? 180_000);
export const TEST_MS = LOOP_MS + 180_000;

/** What an undisturbed run leaves, which every disturbed one must come to when it is run again. */
export interface Reference {
  /** The place before the run; a fresh one where the warehouse is to be new. */
  before: Place | undefined;
  after: Place;
  input: string;
  published: Record<string, string>;
  head: string;
  content: Record<string, string>;
}

export type Start = 'a new warehouse' | 'an existing warehouse';
export const STARTS: readonly Start[] = ['a new warehouse', 'an existing warehouse'];

let places = 0;

/**
 * An undisturbed run of the month, on a warehouse that is new or holds (and has settled) its first twenty days: the same
 * for all tests, none of which may change it.
 */
export async function undisturbed(start: Start): Promise<Reference> {
  const made = await once(`month on ${start}`, (folder) => undisturbedOf(folder, start, SESSIONS));
  const { input } = made;
  // What is read again is without its methods.
  return {
    ...made,
    before: made.before && new Place(made.before.folder, made.before.input),
    after: new Place(made.after.folder, input),
  };
}

/** The same with so many sessions, below a folder of the caller's. */
export async function undisturbedOf(folder: string, start: Start, sessions: number): Promise<Reference> {
  const exports = join(folder, 'exports');
  generate(exports, sessions);
  const before = start === 'a new warehouse' ? undefined : await twentyDays(folder, exports);
  const place = new Place(join(folder, 'undisturbed'), exports, before);
  const { exit } = await place.run(['--json']);
  expect(exit).toBe(0);
  expect(place.leftovers()).toEqual([]);
  const content = await contentOfWarehouse(place.warehouse);
  return { before, after: place, input: exports, published: place.published(), head: place.headText(), content };
}

/** Exports of a whole month. */
function generate(exports: string, sessions: number): void {
  const generator = pathToFileURL(join(REPOSITORY, 'bench/generate.mjs')).href;
  const script = `import { generate } from '${generator}'; await generate(${sessions}, process.argv[1]);`;
  execFileSync(process.execPath, ['--input-type=module', '-e', script, exports], { cwd: REPOSITORY });
}

async function twentyDays(folder: string, exports: string): Promise<Place> {
  const earlier = join(folder, 'exports-of-twenty-days');
  mkdirSync(earlier);
  for (const name of readdirSync(exports)) {
    if (!name.startsWith('sessions-') || name < 'sessions-2023-11-21') cpSync(join(exports, name), join(earlier, name));
  }
  const place = new Place(join(folder, 'twenty-days'), earlier);
  expect((await place.run(['--json'])).exit).toBe(0);
  return place;
}

/** A place as it was before the undisturbed run. */
export function placeAsBefore(folder: string, { before, input }: Reference): Place {
  places += 1;
  return new Place(join(folder, `place-${places}`), input, before);
}

/** What can be seen is what was there before, or that and the whole of what the undisturbed run published. */
export function expectNothingHalf(place: Place, reference: Reference): boolean {
  const seen = place.published();
  const before = reference.before?.published() ?? {};
  const whole = Object.keys(seen).length > Object.keys(before).length;
  expect(seen).toEqual(whole ? reference.published : before);
  return whole;
}

/** A plain run leaves this place as the undisturbed run left its own. */
export async function expectSameAfterRerun(place: Place, reference: Reference): Promise<void> {
  const { exit, json, stderr } = await place.run(['--json']);
  expect(exit, json.error?.message ?? stderr).toBe(0);
  const { rows_read, ...parts } = json.accounting;
  expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(rows_read);
  await expectSame(place, reference);
}

export async function expectSame(place: Place, reference: Reference): Promise<void> {
  expect(place.published()).toEqual(reference.published);
  expect(place.leftovers()).toEqual([]);
  expect(place.headText()).toBe(reference.head);
  expect(await contentOfWarehouse(place.warehouse)).toEqual(reference.content);
}
