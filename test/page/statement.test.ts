import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sumOf } from '../../src/book/sum.js';
import { statementFor } from '../../src/commands/statement.js';
import { readable } from '../../src/core/money.js';
import { closeAccepted } from '../support/accepting.js';
import { DEEP } from '../support/deep.js';
import { SAMPLE_POLICY, SAMPLES, SILENT, settle, workspace, write } from '../support/workspace.js';
import { type ShownMonth, shownMonth } from './month.js';
import { figuresIn, tableIn } from './reading.js';

/** Statements of the sample month's anchors, for people. */

let month: ShownMonth;
beforeAll(async () => {
  month = await shownMonth();
});
afterAll(() => month.leave());

interface Told {
  answer: { status: string | null; total: string; file: string | null };
  text: string;
}

async function told(run: string, anchor: string, lang = 'zh', out?: string): Promise<Told> {
  const { answer, text } = await statementFor(run, { runs: month.out, anchor, lang, out }, SILENT, {});
  return { answer: answer as Told['answer'], text: text((_style, said) => said) };
}

async function html(run: string, anchor: string): Promise<string> {
  const path = join(workspace(), 'a.html');
  await told(run, anchor, 'zh', path);
  return readFileSync(path, 'utf8');
}

const csv = (run: string, file: string): Record<string, string>[] =>
  parse(readFileSync(join(run, file)), { columns: true });

test('every anchor’s total, days and sessions are those of the run', async () => {
  const [days, sessions] = [csv(month.restated, 'days.csv'), csv(month.restated, 'sessions.csv')];
  for (const { anchor_id = '', total = '', status = '' } of csv(month.restated, 'settlement.csv')) {
    const page = await html(month.restated, anchor_id);
    expect(tableIn(page, 'amounts').at(-1)).toEqual({ 项目: '应付合计', 元: readable(total) });
    expect((await told(month.restated, anchor_id)).answer).toMatchObject({ anchor_id, total, status, file: null });
    const ofAnchor = (rows: typeof days) => rows.filter((row) => row.anchor_id === anchor_id);
    expect(tableIn(page, 'days').map((row) => row.归属日期)).toEqual(ofAnchor(days).map(({ date }) => date));
    expect(tableIn(page, 'sessions').map((row) => [row.场次ID, row.金额])).toEqual(
      ofAnchor(sessions).map((row) => [row.session_id, readable(row.amount as string)]),
    );
  }
});

test('an invalid session says why, in words, with its penalty', async () => {
  const { text } = await told(month.closed, 'A1007');
  expect(text).toMatch(/L20231103-0043 .*否 +0\.00 +处罚（低俗色情）；C-23110014 低俗色情/);
  expect(text).toContain('取消资格');
  expect((await told(month.closed, 'A1007', 'en')).text).toContain('punished: vulgar; C-23110014 vulgar');
});

test('of a restatement it says what was closed, by whom, and what is to be paid now', DEEP, async () => {
  const adjustments = csv(month.restated, 'adjustments.csv');
  const anchors = [...new Set(adjustments.map(({ anchor_id }) => anchor_id as string))];
  const before = new Map(csv(month.closed, 'settlement.csv').map((row) => [row.anchor_id, row.total as string]));
  expect(anchors.length).toBeGreaterThan(1);
  for (const anchor of [...anchors, 'A1002']) {
    const page = await html(month.restated, anchor);
    const lines = adjustments.filter(({ anchor_id }) => anchor_id === anchor);
    const closed = readable(before.get(anchor) ?? '0.00');
    expect(figuresIn(page)).toMatchObject({
      已关账: closed,
      '本次补付/扣回': readable(sumOf(lines.map((line) => line.delta as string))),
    });
    expect(tableIn(page, 'revisions')).toMatchObject([
      { 结算次数: '1', 关账人: '王莉', 应付合计: closed, '支付/扣回': closed },
    ]);
  }
  expect(await html(month.closed, 'A1002')).not.toContain('id="paid"');
});

test('a third revision has two before it', DEEP, async () => {
  const place = { policy: SAMPLE_POLICY, out: month.out, warehouse: join(month.folder, 'w.duckdb') };
  await closeAccepted(month.restated, { ...place, by: '陈明' });
  const input = write(workspace(), {
    'penalties-later.csv': 'penalty_id,anchor_id,kind,penalized_at\nP-1,A1001,duplicate_account,2023-11-29 10:00:00\n',
  });
  const again = await settle({ ...place, input });
  const page = await html(again.runDir, 'A1001');
  const rows = tableIn(page, 'revisions');
  expect(rows.map((row) => [row.结算次数, row.关账人, row['支付/扣回']])).toEqual([
    ['1', '王莉', '17,604.43'],
    ['2', '陈明', '0.00'],
  ]);
  expect(figuresIn(page)).toMatchObject({ 已关账: '17,604.43', 应付合计: '0.00', '本次补付/扣回': '-17,604.43' });
});

describe('an anchor', () => {
  test('that is out of scope has its sessions and nothing to be paid', async () => {
    const { answer, text } = await told(month.closed, 'A1005');
    expect([answer.status, answer.total]).toEqual(['out_of_scope', '0.00']);
    expect(text).toContain('不在适用范围');
  });

  test('of unsettled rows alone has those, and what to do', DEEP, async () => {
    const faulty = await settle({
      policy: SAMPLE_POLICY,
      input: join(SAMPLES, '2023-11-faulty'),
      out: workspace(),
      encoding: 'gb18030',
    });
    const settled = new Set(csv(faulty.runDir, 'settlement.csv').map(({ anchor_id }) => anchor_id));
    const only = csv(faulty.runDir, 'unsettled.csv').filter(
      (row) => row.anchor_id !== '' && !settled.has(row.anchor_id),
    );
    expect(only.length).toBeGreaterThan(0);
    const [row] = only;
    const { answer, text } = await told(faulty.runDir, row?.anchor_id as string);
    expect([answer.status, answer.total]).toEqual([null, '0.00']);
    expect(text).toContain('本批次没有已结算的场次');
    expect(text).toContain(row?.session_id);
  });

  test.each(['A9999', 'A100', 'A10011', '-x', '../A1001', 'A1001\u202e', ''])(
    'that nobody knows is wrong use: %j',
    async (anchor) => {
      await expect(told(month.closed, anchor)).rejects.toMatchObject({ code: 'usage' });
    },
  );
});
