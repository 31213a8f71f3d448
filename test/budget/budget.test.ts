import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { book } from '../../src/commands/book.js';
import { nightly } from '../../src/commands/nightly.js';
import { report } from '../../src/commands/report.js';
import { runs } from '../../src/commands/runs.js';
import { type BudgetState, budgetState, percentOf } from '../../src/core/budget.js';
import type { NightlyResult } from '../../src/night/night.js';
import { nightlyText } from '../../src/report/night.js';
import { summaryOf } from '../../src/report/run.js';
import { runAnswer } from '../../src/report/run-answer.js';
import { readSettings } from '../../src/settings/settings.js';
import type { RunResult } from '../../src/settle/run-result.js';
import { sheetsOf } from '../book/reading.js';
import { figuresIn } from '../page/reading.js';
import { DEEP } from '../support/deep.js';
import { SAMPLE_POLICY, SAMPLES, SILENT, settle, temporaryFolder, workspace } from '../support/workspace.js';

/** A month's budget beside what its runs come to. */

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const place = { policy: SAMPLE_POLICY, input: join(SAMPLES, '2023-11'), out: join(folder, 'out'), statements: false };
const budget = { 'content-live': { '2023-11': '30000' }, other: { '2023-11': '1' } };
let half: RunResult;
let whole: RunResult;
let none: RunResult;

beforeAll(async () => {
  half = await settle({ ...place, budget, asOf: '2023-11-15' });
  whole = await settle({ ...place, budget });
  none = await settle({ ...place, out: join(folder, 'none'), budget: { 'content-live': { '2023-12': '1' } } });
});

const said = (result: RunResult): string => summaryOf(result, (_, text) => text, '');

test('a run says what is used and left, and before the month’s end what the month may come to', () => {
  expect(half.budget).toEqual({
    ...{ budget: '30000.00', used: '13681.05', left: '16318.95' },
    projected: { total: '29395.68', left: '604.32' },
  });
  const { watch_time, total } = half.manifest.totals;
  // Fifteen of thirty days have passed: watch time doubles, and the rest stands.
  expect(Number(total) + Number(watch_time)).toBeCloseTo(29395.68, 6);
  expect(said(half)).toMatch(
    /Budget +30,000\.00 +CNY; used 45\.6 %, left 16,318\.95\n +projected +29,395\.68 +an estimate/,
  );
  expect(runAnswer(half)).toMatchObject({ budget: half.budget });
});

test('over budget is told, and blocks nothing', () => {
  expect(whole.budget).toEqual({ budget: '30000.00', used: '33960.08', left: '-3960.08', projected: null });
  expect(said(whole)).toMatch(/used 113\.2 %, over budget by 3,960\.08\n/);
  expect(whole.exit).toBe(0);
});

test('without one for the programme and month nothing is said, and the run is the same', () => {
  expect([none.budget, 'budget' in runAnswer(none)]).toEqual([undefined, false]);
  expect(said(none)).not.toContain('udget');
  expect(none.manifest.run_id).toBe(whole.manifest.run_id);
});

test('the list of runs has it', async () => {
  const listed = await runs({ out: place.out, warehouse: join(folder, 'no.duckdb'), budget }, SILENT);
  const { runs: all } = listed.answer as { runs: { budget: BudgetState | null }[] };
  const inOrder = all.map((each) => each.budget).toSorted((a, b) => ((a?.used ?? '') < (b?.used ?? '') ? -1 : 1));
  expect(inOrder).toEqual([half.budget, whole.budget]);
  expect(listed.text()).toMatch(/-3,960\.08 !/);
  const bare = await runs({ out: place.out, warehouse: join(folder, 'no.duckdb') }, SILENT);
  expect(bare.text()).not.toContain('budget');
});

test('the book has it, and an agency’s doesn’t', async () => {
  const labels = async (more: object): Promise<string[]> => {
    const out = join(workspace(), 'a.xlsx');
    await book(half.runDir, { runs: place.out, out, lang: 'zh', budget, ...more }, SILENT, {});
    const cells = [...((await sheetsOf(out)).get('汇总')?.cells ?? [])];
    return cells.flatMap(([at, { text }]) => (/^[AB]\d/.test(at) ? [text] : []));
  };
  const mine = await labels({});
  for (const text of ['本月预算', '30000.00', '预算剩余', '16318.95', '预计本期合计', '29395.68', '604.32'])
    expect(mine).toContain(text);
  expect(await labels({ agency: 'MCN-01' })).not.toContain('本月预算');
});

test('the report has it, and an agency’s doesn’t', async () => {
  const figures = async (more: object): Promise<Record<string, string>> => {
    const out = join(workspace(), 'a.html');
    await report(half.runDir, { runs: place.out, out, budget, ...more }, SILENT);
    return figuresIn(readFileSync(out, 'utf8'));
  };
  expect(await figures({})).toMatchObject({
    ...{ 本月预算: '30,000.00', 预算剩余: '16,318.95', 预计本期合计: '29,395.68', 预计预算剩余: '604.32' },
  });
  expect(await figures({ agency: 'MCN-01' })).not.toHaveProperty('本月预算');
});

test('a night’s mail and answer have it, over and before the month’s end', DEEP, async () => {
  const night = async (date: string, budgets: typeof budget | undefined = budget) => {
    const options = {
      ...place,
      policies: SAMPLES,
      warehouse: join(folder, 'night.duckdb'),
      out: join(folder, 'nights'),
    };
    return nightly({ ...options, date, budget: budgets }, SILENT);
  };
  const early = await night('2023-11-15');
  expect(early.periods).toMatchObject([{ budget: half.budget }]);
  const told = (result: NightlyResult, language?: 'zh') => nightlyText(result, (path) => path, language);
  expect(told(early)).toContain(
    '13,681.05 CNY  budget 30,000.00 CNY, used 45.6 %, left 16,318.95 (projected 29,395.68, left 604.32)',
  );
  const late = await night('2023-11-30');
  expect(told(late)).toContain('budget 30,000.00 CNY, used 113.2 %, over budget by 3,960.08  ');
  expect(told(late, 'zh')).toContain('预算 30,000.00 元，已用 113.2 %，超出预算 3,960.08');
  expect(late.exit).toBe(early.exit);
  const none = await night('2023-11-29', { other: { '2023-11': '1' } } as never);
  expect([none.periods[0]?.budget, told(none)]).toEqual([null, expect.not.stringContaining('budget')]);
});

test.each([
  ['0', '0.00', '0.00', undefined],
  ['100.00', '100.00', '0.00', '100.0'],
  ['100.00', '99.99', '0.01', '100.0'],
  ['100.00', '100.01', '-0.01', '100.0'],
  ['3.00', '1.00', '2.00', '33.3'],
])('of %s is %s used: left %s', (amount, used, left, percent) => {
  const state = budgetState(amount, used, null);
  expect([state.left, percentOf(used, state)]).toEqual([left, percent]);
});

describe('settle.yaml', () => {
  const read = (text: string) => {
    const where = join(workspace(), 'x');
    mkdirSync(where);
    writeFileSync(join(where, 'settle.yaml'), text);
    return readSettings(join(where, 'settle.yaml'), {});
  };

  test('says it by programme and month', async () => {
    expect((await read('budget: { content-live: { 2023-11: "40000.00" } }')).budget).toEqual({
      'content-live': { '2023-11': '40000.00' },
    });
    expect((await read('out: x')).budget).toEqual({});
  });

  test.each([
    ['budget: 5', 'budget'],
    ['budget: { content-live: "5" }', 'budget.content-live'],
    ['budget: { content-live: { 2023-13: "5" } }', 'budget.content-live.2023-13'],
    ['budget: { content-live: { 2023-11: 5.00 } }', 'budget.content-live.2023-11'],
    ['budget: { content-live: { 2023-11: "-5" } }', 'budget.content-live.2023-11'],
    ['budget: { content-live: { 2023-11: "5.001" } }', 'budget.content-live.2023-11'],
  ])('%s is refused by its key', async (text, key) => {
    await expect(read(text)).rejects.toThrow(`${key}: `);
  });
});
