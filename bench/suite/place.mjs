// Places that the measured commands work in: an output folder with its warehouse, and copies of such.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { settle } from './timed.mjs';

/** How old a file must be before its times say that it is as it was. */
export const AGE_MS = 4000;
export const wait = (ms) => new Promise((done) => setTimeout(done, ms));

export function emptyPlace(dir) {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  return dir;
}

export function copied(from, to) {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
  return to;
}

export const at = (place) => ['--out', join(place, 'out'), '--warehouse', join(place, 'w.duckdb')];

/** The whole job without statements, and nobody who reads a summary. */
export function run(side, { exports, policy, place, more = [] }) {
  const words = ['run', '--policy', policy, '--input', exports, ...at(place), '--no-statements', '--quiet', ...more];
  return settle(side, ...words);
}

/** The run folders of a place, those of an earlier second first. */
export function runsOf(place) {
  const out = join(place, 'out');
  const folders = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('manifest.json'));
  return folders
    .map((name) => join(out, name, '..'))
    .map((dir) => ({ dir, finished: JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')).finished_at }))
    .toSorted((a, b) => (a.finished < b.finished ? -1 : 1))
    .map(({ dir }) => dir);
}

/** Every file of a month but those that `isLeftOut` names, in a folder of their own. */
export function monthWithout(exports, dir, isLeftOut) {
  emptyPlace(dir);
  for (const name of readdirSync(exports)) if (!isLeftOut(name)) cpSync(join(exports, name), join(dir, name));
  return dir;
}
