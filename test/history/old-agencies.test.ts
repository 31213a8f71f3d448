import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { OldPlace } from '../support/old-place.js';
import { filesIn, temporaryFolder } from '../support/workspace.js';

// @module-tag deep

/**
 * Anchors that changed their agency after a build of warehouse format 3, which pinned none, had closed two months. Carried
 * over and restated, closed + lines is the new figure of every agency: of November since its first close, and of December
 * since the second revision, which that build gave the new agencies.
 */

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const old = OldPlace.unpacked('format-3/moved', folder);
const MONTHS = { '2023-11': ['m1 g1', 'm2 g1', 'm3 ', 'm4 g2'], '2023-12': ['m1 g3', 'm2 g1', 'm3 g1', 'm4 '] };
/** A dozen commands each. */
const TEST_MS = 180_000;

const LATEST = ['m1 g3', 'm2 g1', 'm3 g1', 'm4 '];
type Month = keyof typeof MONTHS;

const rows = (dir: string, file: string): string[][] =>
  readFileSync(join(dir, file), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

/** Fen by agency. */
function summed(amounts: [agency: string | undefined, amount: string | undefined][]): Record<string, bigint> {
  const sums: Record<string, bigint> = {};
  for (const [agency = '', amount = ''] of amounts)
    sums[agency] = (sums[agency] ?? 0n) + BigInt(amount.replace('.', ''));
  return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0n));
}

const totals = (dir: string) => rows(dir, 'settlement.csv').map((row) => [row[4], row[15]] as [string, string]);
const deltas = (dir: string) => rows(dir, 'adjustments.csv').map((row) => [row[1], row[6]] as [string, string]);
const agencies = (dir: string) => rows(dir, 'settlement.csv').map((row) => `${row[2]} ${row[4]}`);

async function restated(place: OldPlace, month: Month, ...more: string[]): Promise<string> {
  const words = ['run', '--policy', `policies/${month}.yaml`, '--input', 'exports/next', ...more];
  const { exit, answer } = await place.ask(words);
  expect([exit, answer.error]).toEqual([0, undefined]);
  return join(place.folder, answer.run_dir as string);
}

/** The run that a month was closed with last. */
function closedRun(place: OldPlace, month: Month): string {
  const runs = place.runDirs().filter((run) => run.includes(`-${month}/`));
  const closes = runs.flatMap((run) => {
    const dir = join(place.folder, run);
    if (!filesIn(dir).includes('close.json')) return [];
    return [{ dir, revision: JSON.parse(readFileSync(join(dir, 'close.json'), 'utf8')).revision as number }];
  });
  return closes.sort((a, b) => b.revision - a.revision)[0]?.dir as string;
}

async function sound(place: OldPlace, closed: string, dir: string): Promise<void> {
  expect(summed([...totals(closed), ...deltas(dir)]), 'closed + lines').toEqual(summed(totals(dir)));
  expect((await place.ask(['verify', dir])).exit).toBe(0);
}

async function close(place: OldPlace, dir: string): Promise<void> {
  for (const words of [
    ['accept', dir, '--by', 'Wang Li', '--all'],
    ['accept', '--place', '--by', 'Wang Li', '--only', 'agency_changed'],
  ]) {
    const { exit, answer } = await place.ask(words);
    expect([exit, answer.error ?? exit]).toEqual(
      exit === 0 ? [0, 0] : [2, { code: 'usage', ...(answer.error as object) }],
    );
  }
  const { exit, answer } = await place.ask(['close', dir, '--by', 'Wang Li']);
  expect([exit, answer.error]).toEqual([0, undefined]);
}

test('the old build moved money between agencies without a line', () => {
  const then = join(old.folder, old.answers.next.run.folder);
  const closed = closedRun(old, '2023-11');
  expect(agencies(closed)).toEqual(MONTHS['2023-11']);
  expect(agencies(then)).toEqual(LATEST);
  expect(summed([...totals(closed), ...deltas(then)])).not.toEqual(summed(totals(then)));
});

test.each(Object.keys(MONTHS) as Month[])(
  '%s, restated, closed, and then transferred',
  async (month) => {
    const place = old.copy(join(folder, month));
    const closed = closedRun(place, month);
    const first = await restated(place, month);
    expect(agencies(first)).toEqual(MONTHS[month]);
    expect(deltas(first).length).toBeGreaterThan(1);
    await sound(place, closed, first);
    await close(place, first);
    const second = await restated(place, month, '--transfer');
    expect(agencies(second)).toEqual(LATEST);
    if (month === '2023-11') {
      const lines = rows(second, 'adjustments.csv');
      expect(lines.map((row) => `${row[0]} ${row[1]} ${row[3]}`)).toEqual([
        ...['m1 g1 transfer', 'm1 g3 transfer', 'm3  transfer', 'm3 g1 transfer', 'm4  transfer', 'm4 g2 transfer'],
      ]);
      await sound(place, first, second);
      await close(place, second);
    } else expect(second).toBe(first); // the second revision has the latest agencies, so nobody is to be moved
    expect((await place.ask(['verify', '--all'])).exit).toBe(0);
  },
  TEST_MS,
);

test(
  'what was closed is settled again to the same lines, and a warehouse made again from the exports restates the same',
  async () => {
    const place = old.copy(join(folder, 'again'));
    const { exit, answer } = await place.ask(['check-upgrade']);
    expect([exit, answer.differ]).toEqual([0, 0]);
    expect(answer.closes).toMatchObject([
      { revision: 1, lines: { 'settlement.csv': 0, 'inputs/anchors.csv': 0 } },
      { revision: 2, lines: { 'adjustments.csv': 0, 'settlement.csv': 0, 'inputs/anchors.csv': 0 } },
    ]);
    const before = await restated(place, '2023-11');
    const lines = rows(before, 'adjustments.csv');
    for (const end of ['', '.head']) rmSync(`${place.warehouse}${end}`);
    rmSync(before, { recursive: true });
    const rebuilt = await place.ask(['rebuild', '--input', 'exports/all']);
    expect([rebuilt.exit, rebuilt.answer.error]).toEqual([0, undefined]);
    // The second revision as it would be now: its anchors stay with the agencies of the first.
    const otherwise = { files: expect.arrayContaining(['settlement.csv', 'inputs/anchors.csv']), excused: 'program' };
    expect(rebuilt.answer.closed).toMatchObject([{ files: [] }, { files: [] }, otherwise]);
    expect(rows(await restated(place, '2023-11'), 'adjustments.csv')).toEqual(lines);
  },
  TEST_MS,
);
