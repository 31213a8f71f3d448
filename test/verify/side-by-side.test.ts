import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import threads from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { isWithin, partsOf } from '../../src/programmes/content-incentive/verify/folder/merged.js';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import { buildRun, fromCsv, noticeAgain, read, remove, sealRun, settlingCases, toCsv } from '../support/case-run.js';
import { variations } from '../support/deep.js';
import { REPOSITORY } from '../support/workspace.js';

// @module-tag deep

/**
 * A large folder is verified in parts side by side. That nothing differs must be found as surely as by one reading in
 * order; where anything does, the parts have nothing to say. Threads need built files, so these are of the build.
 */

type Verify = typeof import('../../src/programmes/content-incentive/verify/verify.js');
const { verifyInParts } = (await import(pathToFileURL(join(REPOSITORY, 'dist/verify/verify.js')).href)) as Verify;

const FILES = ['sessions.csv', 'days.csv', 'settlement.csv'] as const;
const ANCHOR_AT = { 'sessions.csv': 1, 'days.csv': 0, 'settlement.csv': 2 };

let run = '';
afterEach(() => remove(run));

/** The bytes of a merged file by part, as `partsOf` shares them out. */
function shares(file: (typeof FILES)[number], wanted: number): { text: string; from: string; before?: string }[] {
  const data = readFileSync(join(run, file));
  return (partsOf(run, wanted) ?? []).map(({ ranges, from, before }) => {
    const { from: first, to } = ranges[file];
    const text = data.subarray(first, Math.min(to, data.length)).toString();
    return before === undefined ? { text, from } : { text, from, before };
  });
}

/** Of the cases, those that `npm test` tries. */
const SOME = [0, 7, 17, 24, 30];

variations(settlingCases(), ...SOME)('the parts of case %s are the files, each of whole anchors', (name) => {
  run = buildRun(name, { statements: false });
  for (const wanted of [2, 3, 7]) {
    for (const file of FILES) {
      const parts = shares(file, wanted);
      if (parts.length === 0) continue;
      expect(parts.length).toBeGreaterThan(1);
      expect(parts.map(({ text }) => text).join('')).toBe(read(join(run, file)));
      for (const [i, { text, from, before }] of parts.entries()) {
        const rows = fromCsv(text).slice(i === 0 ? 1 : 0);
        const anchors = rows.map((row) => row[ANCHOR_AT[file]] as string);
        const outside = anchors.filter((id) => id < from || (before !== undefined && id >= before));
        expect(outside).toEqual([]);
      }
    }
  }
});

test.each([
  ['its own alone', 'b', 'd', 'b', 'cz', true],
  ['none', 'b', 'd', undefined, undefined, true],
  ['one before it', 'b', 'd', 'a', 'c', false],
  ['the first of the next', 'b', 'd', 'b', 'd', false],
  ['one beyond the next', 'b', 'd', 'c', 'e', false],
  ['whatever comes, in the last part', 'b', undefined, 'b', 'zz', true],
])('a reader that came by %s', (_what, from, before, first, last, within) => {
  const ranges = {
    'sessions.csv': { from: 0, to: 1 },
    'days.csv': { from: 0, to: 1 },
    'settlement.csv': { from: 0, to: 1 },
  };
  expect(isWithin({ ranges, from, before }, { first, last })).toBe(within);
});

describe('in parts', () => {
  variations(settlingCases(), ...SOME)('case %s is found sound where it can be shared out', async (name) => {
    run = buildRun(name);
    const report = partsOf(run, 3) === undefined ? undefined : await verifyRun(run);
    expect(await verifyInParts(run, 3)).toEqual(report);
  });

  test('most cases can be shared out', () => {
    const shared = settlingCases().filter((name) => {
      run = buildRun(name, { statements: false });
      const parts = partsOf(run, 3);
      remove(run);
      return parts !== undefined;
    });
    expect(shared.length).toBeGreaterThan(settlingCases().length / 2);
  });

  /** Rewrites a file of a sound folder and makes every hash fit again. */
  function forge(file: string, edit: (rows: string[][]) => void): void {
    const rows = fromCsv(read(join(run, file)));
    edit(rows);
    writeFileSync(join(run, file), toCsv(rows));
    sealRun(run);
  }

  async function expectDoubt(wanted: number, column: string): Promise<void> {
    expect(partsOf(run, wanted)).toBeDefined();
    const { differences } = await verifyRun(run);
    expect(differences.map((one) => one.column)).toContain(column);
    expect(await verifyInParts(run, wanted)).toBeUndefined();
  }

  const CASE = '18-once-per-person';

  test.each([
    ['sessions.csv', 'rec_dwell_minutes', '99.25', 'amount'],
    ['sessions.csv', 'amount', '0.01', 'amount'],
    ['days.csv', 'withheld', '0.01', 'withheld'],
    ['settlement.csv', 'total', '0.01', 'total'],
  ])('a cell of %s in the first part or the last: %s', async (file, column, value, reported) => {
    for (const place of ['first', 'last']) {
      run = buildRun(CASE);
      forge(file, (rows) => {
        const row = (place === 'first' ? rows[1] : rows.at(-1)) as string[];
        row[rows[0]?.indexOf(column) ?? -1] = value;
      });
      await expectDoubt(2, reported);
      remove(run);
    }
  });

  test('sessions that overlap, told or not, of an anchor in whatever part', async () => {
    run = buildRun('17-newcomer-tiers', { statements: false });
    const rows = fromCsv(read(join(run, 'sessions.csv')));
    const several = [...new Set(rows.map((row) => row[1]))].filter(
      (anchor) => rows.filter((row) => row[1] === anchor && row[16] === 'Y').length > 1,
    );
    expect(several.length).toBeGreaterThan(2);
    for (const anchor of several) {
      run = buildRun('17-newcomer-tiers', { statements: false });
      forge('sessions.csv', (all) => {
        const [first = [], ...others] = all.filter((row) => row[1] === anchor);
        for (const row of others) {
          row[3] = first[3] as string;
          row[5] = String((Date.parse(`${row[4]}Z`) - Date.parse(`${row[3]}Z`)) / 1000);
        }
      });
      expect(await verifyInParts(run, 4)).toBeUndefined();
      noticeAgain(run);
      const lines = fromCsv(read(join(run, 'notices.csv'))).filter(([code]) => code === 'sessions_overlap');
      expect(lines.map((line) => line[3])).toEqual([anchor]);
      expect(await verifyInParts(run, 4)).toMatchObject({ count: 0 });
      remove(run);
    }
  });

  test('a session of the first part that stands in the last one again', async () => {
    run = buildRun(CASE);
    forge('sessions.csv', (rows) => {
      (rows.at(-1) as string[])[0] = rows[1]?.[0] as string;
    });
    await expectDoubt(2, 'session_id');
  });

  test('anchors that changed places between the parts', async () => {
    run = buildRun(CASE);
    forge('settlement.csv', (rows) => {
      const [last, first] = [rows.pop() as string[], rows[1] as string[]];
      rows[1] = last;
      rows.push(first);
    });
    expect((await verifyRun(run)).count).toBeGreaterThan(0);
    expect(await verifyInParts(run, 2)).toBeUndefined();
  });

  test("a person's bonus that the wrong one of its anchors keeps, the other being in another part", async () => {
    run = buildRun(CASE, { statements: false });
    const parts = partsOf(run, 8) ?? [];
    const partOf = (id: string): number => parts.findIndex(({ before }) => before === undefined || id < before);
    const header = fromCsv(read(join(run, 'settlement.csv')))[0] as string[];
    const [bonus, reasons] = [header.indexOf('newcomer_bonus'), header.indexOf('reasons')];
    const anchors = fromCsv(read(join(run, 'inputs/anchors.csv'))).slice(1);
    const rows = fromCsv(read(join(run, 'settlement.csv'))).slice(1);
    const person = (id: string): string => anchors.find(([anchor]) => anchor === id)?.[6] as string;
    const forfeiting = rows.filter((row) => row[reasons]?.includes('person_already_rewarded'));
    const apart = forfeiting.flatMap((one) =>
      rows
        .filter((other) => other[2] !== one[2] && person(other[2] as string) === person(one[2] as string))
        .filter((other) => Number(other[bonus]) > 0 && partOf(other[2] as string) !== partOf(one[2] as string))
        .map((other) => [one, other] as const),
    );
    expect(apart.length).toBeGreaterThan(0);
    expect(await verifyInParts(run, 8)).toMatchObject({ count: 0, anchors: rows.length });
    const [, keeping] = apart[0] as (typeof apart)[number];
    forge('inputs/anchors.csv', (all) => {
      const row = all.find(([id]) => id === keeping[2]) as string[];
      row[6] = '';
    });
    await expectDoubt(8, 'reasons');
  });

  test('a file that is none, and would block whoever opens it', async () => {
    run = buildRun(CASE);
    rmSync(join(run, 'days.csv'));
    execFileSync('mkfifo', [join(run, 'days.csv')]);
    expect(await verifyInParts(run, 2)).toBeUndefined();
  });

  test.each([1, 2])('a system that starts no more than %s threads', async (most) => {
    run = buildRun(CASE, { statements: false });
    expect(partsOf(run, 8)?.length).toBeGreaterThan(3);
    const { Worker } = threads;
    const started: InstanceType<typeof Worker>[] = [];
    threads.Worker = class extends Worker {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        if (started.length === most - 1) throw new Error('EAGAIN');
        super(...args);
        started.push(this);
      }
    };
    syncBuiltinESMExports();
    try {
      expect(await verifyInParts(run, 8)).toBeUndefined();
      expect(started.map(({ threadId }) => threadId)).toEqual(started.map(() => -1)); // all of them have ended
    } finally {
      threads.Worker = Worker;
      syncBuiltinESMExports();
    }
  });

  test('a file that somebody changes meanwhile', async () => {
    run = buildRun(CASE, { statements: false });
    const path = join(run, 'sessions.csv');
    const change = (step: string): void => {
      if (step === 'quarantine.csv') utimesSync(path, new Date(0), new Date(0));
    };
    expect(await verifyInParts(run, 2, change)).toBeUndefined();
    expect(await verifyInParts(run, 2)).toMatchObject({ count: 0 });
  });

  test('a folder that lacks a file, and a thread that finds no folder', async () => {
    run = buildRun(CASE);
    const parts = partsOf(run, 2) ?? [];
    expect(parts.length).toBe(2);
    writeFileSync(join(run, 'inputs/penalties.csv'), '');
    expect(await verifyInParts(run, 2)).toBeUndefined();
    remove(run);
    expect(await verifyInParts(run, 2)).toBeUndefined();
  });
});
