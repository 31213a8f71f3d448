import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sumOf } from '../../src/book/sum.js';
import { report } from '../../src/commands/report.js';
import { readable } from '../../src/core/money.js';
import { DEEP } from '../support/deep.js';
import { contentOf, overwrite, SILENT, workspace } from '../support/workspace.js';
import { type ShownMonth, shownMonth } from './month.js';
import { figuresIn, tableIn } from './reading.js';

/** The report of the sample month, closed, and of what restates it. */

let month: ShownMonth;
beforeAll(async () => {
  month = await shownMonth();
});
afterAll(() => month.leave());

async function written(run: string, more: object = {}): Promise<string> {
  const path = join(workspace(), 'a.html');
  await report(run, { runs: month.out, out: path, ...more }, SILENT);
  return readFileSync(path, 'utf8');
}

const csv = (run: string, file: string): Record<string, string>[] =>
  parse(readFileSync(join(run, file)), { columns: true });

test('every figure is one of the run folder', async () => {
  const html = await written(month.closed);
  const { totals } = JSON.parse(readFileSync(join(month.closed, 'manifest.json'), 'utf8'));
  expect(figuresIn(html)).toEqual({
    应付合计: readable(totals.total),
    '时长激励（封顶前）': readable(totals.watch_time_gross),
    封顶扣减: readable(`-${totals.cap_withheld}`),
    全勤激励: readable(totals.attendance_bonus),
    新手激励: readable(totals.newcomer_bonus),
    不予发放: readable(`-${totals.forfeited}`),
    主播数: String(totals.anchors),
    应付主播数: '7',
    场次数: String(totals.sessions),
    有效场次: String(totals.valid_sessions),
    未结算行数: '0',
  });
  const anchors = csv(month.closed, 'settlement.csv');
  const shown = tableIn(html, 'anchors');
  expect(shown.map((row) => [row.主播ID, row.主播昵称, row.应付合计, row.不予发放])).toEqual(
    anchors.map((row) => [
      row.anchor_id,
      row.nickname,
      readable(row.total as string),
      readable(row.forfeited as string),
    ]),
  );
  const agencies = tableIn(html, 'agencies');
  expect(agencies.map((row) => [row.机构ID, row.机构名称, row.应付合计, row.占比])).toEqual([
    ['MCN-01', '星河文化传媒', '26,721.70', '78.69%'],
    ['MCN-02', '云端 Lumen Media, 杭州', '5,005.98', '14.74%'],
    ['无机构', '', '2,232.40', '6.57%'],
    ['MCN-03', '鲸落互娱', '0.00', '0.00%'],
  ]);
});

describe('the same run', () => {
  test('gives the same bytes, in another time zone and place too', DEEP, async () => {
    const zone = process.env.TZ;
    const first = await written(month.closed);
    try {
      process.env.TZ = 'America/New_York';
      const copy = join(workspace(), basename(month.closed));
      cpSync(month.closed, copy, { recursive: true });
      expect(await written(copy)).toBe(first);
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
    expect(first).not.toContain(month.folder);
  });

  test('stays as it was', DEEP, async () => {
    const before = contentOf(month.restated);
    await written(month.restated, { against: month.closed });
    expect(contentOf(month.restated)).toEqual(before);
  });
});

test('sections add up to the run: caps by level and day, sessions by day, hour and reason', DEEP, async () => {
  const html = await written(month.closed);
  const { totals } = JSON.parse(readFileSync(join(month.closed, 'manifest.json'), 'utf8'));
  const sum = (table: string, head: string): string =>
    sumOf(
      tableIn(html, table).map((row) => (row[head] as string).replaceAll(',', '')),
      head.includes('场次') || head === '合计' || head === '主播数' ? 0 : 2,
    );
  for (const table of ['caps-by-level', 'caps-by-date']) {
    expect([table, sum(table, '封顶前')]).toEqual([table, totals.watch_time_gross]);
    expect([table, sum(table, '封顶扣减')]).toEqual([table, totals.cap_withheld]);
    expect([table, sum(table, '时长激励')]).toEqual([table, totals.watch_time]);
  }
  expect(sum('sessions-by-date', '场次数')).toBe(String(totals.sessions));
  expect(sum('sessions-by-date', '有效场次')).toBe(String(totals.valid_sessions));
  expect(sum('sessions-by-hour', '合计')).toBe(String(totals.sessions));
  const count = (reason: string): string => {
    const rows = csv(month.closed, 'sessions.csv').filter(({ reasons }) => reasons?.split(';').includes(reason));
    return String(rows.length);
  };
  const reasons = Object.fromEntries(tableIn(html, 'session-reasons').map((row) => [row.原因, row.场次数]));
  expect(reasons).toMatchObject({ 时长不足: count('too_short'), '处罚（低俗色情）': count('punished:vulgar') });
  for (const bonus of ['attendance', 'newcomer']) {
    expect(sum(`tiers-${bonus}-bonus`, '达标金额')).toBe(totals[`${bonus}_bonus`]);
    expect(sum(`tiers-${bonus}-bonus`, '主播数')).toBe(String(totals.anchors));
  }
  expect(tableIn(html, 'top-anchors')[0]).toMatchObject({ 主播ID: 'A1001', 应付合计: '17,604.43', 占比: '51.84%' });
});

test('a restatement says what was closed, and what changed for each agency', DEEP, async () => {
  const html = await written(month.restated, { against: month.closed });
  const { restates, totals } = JSON.parse(readFileSync(join(month.restated, 'manifest.json'), 'utf8'));
  expect(figuresIn(html)).toMatchObject({
    应付合计: readable(totals.total),
    已关账: '33,960.08',
    '本次补付/扣回': readable(restates.delta),
  });
  const changes = tableIn(html, 'changes');
  const sum = (head: string): string => sumOf(changes.map((row) => (row[head] as string).replaceAll(',', '')));
  expect([sum('应付合计（本期）'), sum('应付合计（上期）'), sum('变动')]).toEqual([
    totals.total,
    '33960.08',
    restates.delta,
  ]);
  expect(html).toContain('已关账月份的调整，尚未关账');
  expect(await written(month.closed)).toContain('第 1 次结算，关账人 王莉');
});

test('an agency gets its own rows and nobody else’s', DEEP, async () => {
  const html = await written(month.closed, { agency: 'MCN-01' });
  const rows = csv(month.closed, 'settlement.csv');
  const mine = rows.filter(({ agency_id }) => agency_id === 'MCN-01');
  expect(tableIn(html, 'anchors').map((row) => row.主播ID)).toEqual(mine.map(({ anchor_id }) => anchor_id));
  expect(figuresIn(html).应付合计).toBe(readable(sumOf(mine.map(({ total }) => total as string))));
  const others = rows.filter(({ agency_id }) => agency_id !== 'MCN-01');
  expect(others.filter(({ anchor_id }) => html.includes(anchor_id as string))).toEqual([]);
  expect(html).not.toMatch(/MCN-0[23]|鲸落|id="notices"/);
  expect(tableIn(await written(month.closed, { agency: '_independent' }), 'anchors')).toHaveLength(3);
});

test('refused is wrong use, and a folder that somebody changed', DEEP, async () => {
  const refused = (run: string, more: object) =>
    written(run, more).then(
      () => 'written',
      (error) => error.code,
    );
  const there = join(workspace(), 'there.html');
  writeFileSync(there, 'somebody’s');
  expect(await refused(month.closed, { out: there })).toBe('usage');
  expect(readFileSync(there, 'utf8')).toBe('somebody’s');
  expect(await refused(month.closed, { out: join(month.closed, 'a.html') })).toBe('usage');
  expect(await refused(month.closed, { out: join(month.folder, 'a.xlsx') })).toBe('usage');
  expect(await refused(month.closed, { agency: 'MCN-99' })).toBe('usage');
  const copy = join(workspace(), basename(month.closed));
  cpSync(month.closed, copy, { recursive: true });
  overwrite(join(copy, 'days.csv'), readFileSync(join(copy, 'days.csv'), 'utf8').replace('209.11', '209.12'));
  expect(await refused(copy, {})).toBe('differs');
});
