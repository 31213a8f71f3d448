import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import { INELIGIBLE_CAUSES } from '../../src/programmes/exports/words.js';
import type { RunResult } from '../../src/settle/run-result.js';
import { ANCHOR_REASONS, QUARANTINE_CODES, SESSION_REASONS } from '../support/contract-words.js';
import { FIGURES, SAMPLE_POLICY, SAMPLES, settle, temporaryFolder } from '../support/workspace.js';

/**
 * The sample months against their golden figures in test/golden: a change of any figure or message must be meant.
 * Those that are meant are taken over by `npx vitest run test/conformance/samples.test.ts -u`, and read line by line before that.
 */

const MONTHS = [
  { month: '2023-11', exit: 0, encoding: undefined },
  { month: '2023-11-faulty', exit: 4, encoding: 'gb18030' },
];

const folder = temporaryFolder();
const results = new Map<string, RunResult>();

beforeAll(async () => {
  for (const { month, encoding } of MONTHS) {
    const places = { policy: SAMPLE_POLICY, input: join(SAMPLES, month), out: join(folder, month) };
    results.set(month, await settle({ ...places, encoding }));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const resultOf = (month: string): RunResult => results.get(month) as RunResult;
const textOf = (month: string, file: string): string => readFileSync(join(resultOf(month).runDir, file), 'utf8');
const goldenOf = (month: string, file: string): string => join('../golden', month, file);

describe.each(MONTHS)('the sample month $month', ({ month, exit }) => {
  test(`ends with exit code ${exit}`, () => {
    expect(resultOf(month).exit).toBe(exit);
  });

  test.each([...FIGURES, 'quarantine.csv', 'notices.csv', 'unsettled.csv'])('has the golden %s', async (file) => {
    await expect(textOf(month, file)).toMatchFileSnapshot(goldenOf(month, file));
  });

  test('has the golden totals and accounting', async () => {
    const { accounting, totals } = resultOf(month).manifest;
    const figures = `${JSON.stringify({ accounting, totals }, null, 2)}\n`;
    await expect(figures).toMatchFileSnapshot(goldenOf(month, 'figures.json'));
  });

  test('verifies', async () => {
    expect((await verifyRun(resultOf(month).runDir)).differences).toEqual([]);
  });
});

/** Every word that stands in a column of both months. */
function wordsIn(file: string, column: string): Set<string> {
  const rows = MONTHS.flatMap(({ month }) => parse(textOf(month, file), { columns: true }) as Record<string, string>[]);
  return new Set(rows.flatMap((row) => (row[column] ?? '').split(';')));
}

describe('between them, the sample months show', () => {
  /** What another programme finds needs its exports: test/ineligible shows it. */
  const own = (reason: string): boolean => !Object.hasOwn(INELIGIBLE_CAUSES, reason);

  test.each(SESSION_REASONS.filter(own))('a session that is %s', (reason) => {
    expect(wordsIn('sessions.csv', 'reasons')).toContain(reason);
  });

  test.each(ANCHOR_REASONS.filter(own))('an anchor with the reason %s', (reason) => {
    expect(wordsIn('settlement.csv', 'reasons')).toContain(reason);
  });

  test.each(QUARANTINE_CODES)('a row quarantined as %s', (code) => {
    expect(wordsIn('quarantine.csv', 'code')).toContain(code);
  });

  test('nothing but words of the contract', () => {
    const known = new Set(['', ...SESSION_REASONS, ...ANCHOR_REASONS, ...QUARANTINE_CODES]);
    const found = [
      ...wordsIn('sessions.csv', 'reasons'),
      ...wordsIn('settlement.csv', 'reasons'),
      ...wordsIn('quarantine.csv', 'code'),
    ];
    expect(found.filter((word) => !known.has(word))).toEqual([]);
  });
});

test('the clean month asks about nothing but a kind that nobody names, which it has to show that', () => {
  const [, ...notices] = textOf('2023-11', 'notices.csv').trimEnd().split('\n');
  expect(notices).toEqual([expect.stringMatching(/^kind_unknown,attention,,title_clickbait,1,/)]);
  expect(resultOf('2023-11').place).toEqual([]);
});

test('every golden file is there', () => {
  const files = [...FIGURES, 'quarantine.csv', 'notices.csv', 'unsettled.csv', 'figures.json'];
  const paths = MONTHS.flatMap(({ month }) => files.map((file) => goldenOf(month, file)));
  expect(paths.filter((path) => !existsSync(join(import.meta.dirname, path)))).toEqual([]);
});
