// Rows that need something to have happened before: nights, closes, a second month beside the first.
import { cpSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { median, settle } from './timed.mjs';
import { LAST_DAY, lateFile } from './months.mjs';
import { AGE_MS, at, copied, emptyPlace, monthWithout, run, runsOf, wait } from './place.mjs';

/** A place that has settled the month without its last day, and the folder that its exports come from. */
export async function before(bench, side) {
  const [place, input] = [join(side.work, 'before'), join(side.work, 'nightly')];
  if (side.before === undefined) {
    monthWithout(bench.month(1), input, (name) => LAST_DAY.test(name));
    await wait(AGE_MS);
    run(side, { ...bench, exports: input, place: emptyPlace(place) });
    side.before = { place, input };
  }
  return side.before;
}

export function oneMore(bench, side, { place: from, input }) {
  const place = copied(from, join(side.work, 'night'));
  const files = ['sessions-2023-11-30.csv', 'sessions-2023-11-30-fix.csv'];
  for (const file of files) cpSync(join(bench.month(1), file), join(input, file));
  const sample = run(side, { ...bench, exports: input, place });
  for (const file of files) rmSync(join(input, file));
  bench.bytes.same('night', side, runsOf(place).at(-1), side.run);
  return sample;
}

/** Night by night, and at the end once from nothing, which must give the same bytes and isn't measured. */
export async function tenNights(bench, side, { place: from, input }) {
  const place = copied(from, join(side.work, 'nights'));
  const nights = [];
  for (const name of bench.nights) {
    cpSync(join(bench.dealt, name), join(input, name));
    await wait(AGE_MS);
    nights.push(run(side, { ...bench, exports: input, place }));
  }
  const fresh = emptyPlace(join(side.work, 'fresh'));
  run(side, { ...bench, exports: input, place: fresh });
  for (const name of bench.nights) rmSync(join(input, name));
  bench.bytes.same('nights', side, runsOf(place).at(-1), runsOf(fresh)[0]);
  const total = (of) => nights.reduce((sum, night) => sum + night[of], 0);
  return { cpu: total('cpu'), wall: total('wall'), peak: Math.max(...nights.map(({ peak }) => peak)), nights: nights.map(({ cpu }) => cpu) };
}

/** The dearest of the nights after the first, beside the first. */
export const afterFirst = ({ mine }) => median(mine.map(({ nights: [first, ...more] }) => Math.max(...more) / first));

export function close(_bench, side) {
  side.closed = copied(side.place, join(side.work, 'closed'));
  const id = basename(side.run);
  settle(side, 'accept', id, '--by', 'bench', '--all', ...at(side.closed), '--quiet');
  return settle(side, 'close', id, '--by', 'bench', ...at(side.closed), '--quiet');
}

/** The exports of a closed month with a file that came late. */
export function closedWithLate(bench, side) {
  if (side.closed === undefined) close(bench, side);
  const input = monthWithout(bench.month(1), join(side.work, 'late'), () => false);
  lateFile(bench.month(1), input);
  return input;
}

export function restate(bench, side, input) {
  const place = copied(side.closed, join(side.work, 'restated'));
  const sample = run(side, { ...bench, exports: input, place });
  bench.bytes.published('restate', side, runsOf(place).at(-1));
  return sample;
}

export function twoMonths(bench, side) {
  const place = copied(side.place, join(side.work, 'two'));
  run(side, { ...bench, ...bench.other, place });
  const other = runsOf(place).map((dir) => basename(dir)).find((id) => id !== basename(side.run));
  return { place, other };
}

export function diff(bench, side, { place, other }) {
  const csv = join(side.work, 'diff.csv');
  rmSync(csv, { force: true });
  const sample = settle(side, 'diff', basename(side.run), other, ...at(place), '--csv', csv, '--quiet');
  bench.bytes.see('diff: its CSV', side, csv);
  return sample;
}
