import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import { REPOSITORY } from '../workspace.js';
import { Place } from './place.js';
import { contentOfWarehouse } from './warehouse-content.js';

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
  /** How long it took. */
  ms: number;
}

export type Start = 'a new warehouse' | 'an existing warehouse';
export const STARTS: readonly Start[] = ['a new warehouse', 'an existing warehouse'];

/** Exports of a whole month below `folder`, made when they are first asked for. */
function exportsIn(folder: string, sessions: number): string {
  const exports = join(folder, 'exports');
  if (existsSync(exports)) return exports;
  const generator = pathToFileURL(join(REPOSITORY, 'bench/generate.mjs')).href;
  const script = `import { generate } from '${generator}'; await generate(${sessions}, process.argv[1]);`;
  execFileSync(process.execPath, ['--input-type=module', '-e', script, exports], { cwd: REPOSITORY });
  return exports;
}

let places = 0;

/** An undisturbed run of the month, on a warehouse that is new or holds (and has settled) its first twenty days. */
export async function undisturbed(folder: string, start: Start, sessions = SESSIONS): Promise<Reference> {
  const exports = exportsIn(folder, sessions);
  const before = start === 'a new warehouse' ? undefined : await twentyDays(folder, exports);
  places += 1;
  const place = new Place(join(folder, `undisturbed-${places}`), exports, before);
  const began = performance.now();
  const { exit } = await place.run(['--json']);
  const ms = performance.now() - began;
  expect(exit).toBe(0);
  expect(place.leftovers()).toEqual([]);
  const content = await contentOfWarehouse(place.warehouse);
  return { before, after: place, input: exports, published: place.published(), head: place.headText(), content, ms };
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
