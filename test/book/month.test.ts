import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sumOf } from '../../src/book/sum.js';
import { book } from '../../src/commands/book.js';
import { decimal, fixed } from '../../src/core/money.js';
import { closeAccepted } from '../support/accepting.js';
import { contentOf, SAMPLE_POLICY, SAMPLES, SILENT, settle, temporaryFolder, workspace } from '../support/workspace.js';
import { below, inRange, partsOf, type ReadCell, type ReadSheet, sheetsOf } from './reading.js';

/** The book of the sample month, closed, and of what restates it. */

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const out = join(folder, 'out');
let closed: string;
let restated: string;

beforeAll(async () => {
  const place = { policy: SAMPLE_POLICY, out, warehouse: join(folder, 'w.duckdb') };
  closed = (await settle({ ...place, input: join(SAMPLES, '2023-11') })).runDir;
  await closeAccepted(closed, { ...place, by: '王莉' });
  restated = (await settle({ ...place, input: join(SAMPLES, '2023-11-late') })).runDir;
});

async function booked(run: string, more: object = {}): Promise<Map<string, ReadSheet>> {
  return sheetsOf(await written(run, more));
}

async function written(run: string, more: object = {}): Promise<string> {
  const path = join(workspace(), 'a.xlsx');
  await book(run, { runs: out, out: path, lang: 'zh', ...more }, SILENT, {});
  return path;
}

const csv = (run: string, file: string): Record<string, string>[] =>
  parse(readFileSync(join(run, file)), { columns: true });
const texts = (cells: readonly ReadCell[]): string[] => cells.map(({ text }) => text);
const beside = (sheet: ReadSheet | undefined, label: string, column = 'B'): ReadCell | undefined => {
  const [place] = [...(sheet?.cells ?? [])].find(([at, { text }]) => at.startsWith('A') && text.trim() === label) ?? [];
  return place === undefined ? undefined : sheet?.cells.get(place.replace('A', column));
};

/** What a formula of ours comes to, from the kept values of the cells that it names. */
function resultOf(formula: string, own: ReadSheet, sheets: Map<string, ReadSheet>): string {
  const places = formula.includes('SUM') || formula.includes('SUBTOTAL') ? undefined : formula;
  if (places !== undefined) {
    const parts = [...places.matchAll(/([+-]?)([A-Z]+\d+)/g)].map(([, sign, at]) => [
      sign,
      own.cells.get(at as string)?.text ?? '0',
    ]);
    return sumOf(
      parts.map(([sign, text]) =>
        sign === '-' ? fixed(decimal('0').minus(decimal(text as string)), 2) : (text as string),
      ),
    );
  }
  const [, sign, name, range] = /^(-?)(?:SUM\((?:'(.*)'!)|SUBTOTAL\(109,)([A-Z]+\d+:[A-Z]+\d+)\)$/.exec(formula) ?? [];
  const sheet = name === undefined ? own : (sheets.get(name) as ReadSheet);
  const cells = inRange(sheet, range as string).filter(({ text }) => text !== '');
  const sum = sumOf(texts(cells));
  return sign === '-' ? fixed(decimal('0').minus(decimal(sum)), 2) : sum;
}

test.each(['zh', 'en'])('every kept result is exactly what its formula comes to (%s)', async (lang) => {
  const sheets = await booked(restated, { lang, against: closed });
  let formulas = 0;
  for (const sheet of sheets.values()) {
    for (const [at, { formula, text }] of sheet.cells) {
      if (formula === undefined) continue;
      formulas++;
      expect([sheet.name, at, fixed(decimal(text), 2)]).toEqual([sheet.name, at, resultOf(formula, sheet, sheets)]);
    }
  }
  expect(formulas).toBeGreaterThan(50);
});

test('the totals are those of the manifest', async () => {
  const { totals } = JSON.parse(readFileSync(join(closed, 'manifest.json'), 'utf8'));
  const summary = (await booked(closed)).get('汇总');
  const says = (label: string): string | undefined => beside(summary, label)?.text;
  expect(says('应付合计')).toBe(totals.total);
  expect(says('时长激励（封顶前）')).toBe(totals.watch_time_gross);
  expect(says('封顶扣减')).toBe(`-${totals.cap_withheld}`);
  expect(says('全勤激励')).toBe(totals.attendance_bonus);
  expect(says('新手激励')).toBe(totals.newcomer_bonus);
  expect(says('不予发放')).toBe(`-${totals.forfeited}`);
  expect(says('主播数')).toBe(String(totals.anchors));
  expect(says('场次数')).toBe(String(totals.sessions));
  expect(says('有效场次')).toBe(String(totals.valid_sessions));
});

test('what is withheld and forfeited stands by level and by reason, as the run tells it', async () => {
  const summary = (await booked(closed)).get('汇总');
  const said = [
    ['最高等级 2 的日期', '-127.95'],
    ['最高等级 3 的日期', '-268.06'],
    ['机构处罚：机构聚集满 1 次（agency-clustering）', '-5008.50'],
    ['重复账号满 1 次（duplicate-account）', '-3085.31'],
    ['低等级占比超限', '-1000.00'],
    ['同一出镜主播已获激励', '-500.00'],
    ['合规安全码（红码）', '-985.72'],
  ];
  expect(said.map(([label]) => [label, beside(summary, label as string)?.text])).toEqual(said);
});

test('a restatement says what was closed and what is to be paid now; the sheet of lines is there alone', async () => {
  const before = await booked(closed);
  const now = await booked(restated);
  expect([before.has('调整'), now.has('调整')]).toEqual([false, true]);
  expect(beside(now.get('汇总'), '已关账')?.text).toBe('33960.08');
  const { restates } = JSON.parse(readFileSync(join(restated, 'manifest.json'), 'utf8'));
  expect(beside(now.get('汇总'), '本次补付/扣回')?.text).toBe(restates.delta);
  const agencies = now.get('机构汇总') as ReadSheet;
  expect(sumOf(texts(below(agencies, '已关账')))).toBe('33960.08');
  expect(sumOf(texts(below(agencies, '本次补付/扣回')))).toBe(restates.delta);
  expect(texts(below(now.get('调整') as ReadSheet, '差异原因'))).toContain('处罚 656.34');
});

test('the title says the run, the revision and who closed it', async () => {
  const title = (sheets: Map<string, ReadSheet>) => sheets.get('场次')?.cells.get('A2')?.text;
  const before = title(await booked(closed));
  for (const part of [basename(closed), '第 1 次结算', '关账人 王莉']) expect(before).toContain(part);
  expect(title(await booked(restated))).toContain('尚未关账');
});

describe('each file of the run is shown whole', () => {
  test.each([
    ['主播明细', 'settlement.csv', '主播ID', 'anchor_id', '应付合计', 'total'],
    ['每日', 'days.csv', '主播ID', 'anchor_id', '时长激励', 'watch_time'],
    ['场次', 'sessions.csv', '场次ID', 'session_id', '金额', 'amount'],
  ] as const)('%s', async (name, file, id, idColumn, head, column) => {
    const sheet = (await booked(closed)).get(name) as ReadSheet;
    const rows = csv(closed, file);
    const ids = below(sheet, id);
    const money = below(sheet, head);
    expect(rows.length).toBeGreaterThan(10);
    expect(texts(ids)).toEqual(rows.map((row) => row[idColumn]));
    expect(texts(money)).toEqual(rows.map((row) => row[column]));
    expect(ids.filter(({ isText, format }) => !isText || format !== '49')).toEqual([]);
    expect(money.filter(({ isText, format }) => isText || format !== '4')).toEqual([]);
  });
});

test('agencies stand with their names, those that no export names without one', async () => {
  const sheets = await booked(restated);
  const named = csv(restated, 'inputs/agencies.csv');
  const nameOf = (id: string): string => named.find(({ agency_id }) => agency_id === id)?.name ?? '';
  expect(nameOf('MCN-02')).toBe('云端 Lumen Media, 杭州');
  for (const name of ['机构汇总', '主播明细', '调整']) {
    const sheet = sheets.get(name) as ReadSheet;
    const ids = texts(below(sheet, '机构ID'));
    expect(ids.length).toBeGreaterThan(2);
    expect(texts(below(sheet, '机构名称'))).toEqual(ids.map(nameOf));
  }
  expect(sheets.get('未结算')?.cells.get('D4')?.text).toBe('机构名称');
  const own = (await booked(closed, { agency: 'MCN-01' })).get('汇总');
  expect(own?.cells.get('A1')?.text).toContain('机构 MCN-01 星河文化传媒');
});

test('a nickname that looks like a formula is a text', async () => {
  const names = below((await booked(closed)).get('主播明细') as ReadSheet, '主播昵称');
  const odd = names.filter(({ text }) => text.includes('=SUM'));
  expect(odd).toHaveLength(1);
  expect(odd[0]).toMatchObject({ isText: true });
  expect(odd[0]?.formula).toBeUndefined();
});

test('no code is left in a Chinese book but ids, file names and English originals', async () => {
  const sheets = await booked(restated);
  const words = [
    ...below(sheets.get('主播明细') as ReadSheet, '结算状态'),
    ...below(sheets.get('主播明细') as ReadSheet, '原因'),
    ...below(sheets.get('场次') as ReadSheet, '原因'),
    ...below(sheets.get('调整') as ReadSheet, '激励'),
    ...below(sheets.get('提醒') as ReadSheet, '提醒'),
    ...below(sheets.get('规则口径') as ReadSheet, '口径'),
  ].map(({ text }) => text);
  expect(words.length).toBeGreaterThan(300);
  expect(words.filter((text) => /[a-z]+_|undefined|[{}]/.test(text))).toEqual([]);
});

test('an agency gets its own rows and nobody else’s', async () => {
  const sheets = await booked(closed, { agency: 'MCN-01' });
  const mine = csv(closed, 'settlement.csv').filter(({ agency_id }) => agency_id === 'MCN-01');
  const all = [...sheets.values()].flatMap(({ cells }) => [...cells.values()].map(({ text }) => text));
  const others = csv(closed, 'settlement.csv').filter(({ agency_id }) => agency_id !== 'MCN-01');
  expect(texts(below(sheets.get('主播明细') as ReadSheet, '主播ID'))).toEqual(mine.map(({ anchor_id }) => anchor_id));
  expect(others.length).toBeGreaterThan(5);
  expect(
    others.filter(({ anchor_id, agency_id }) => all.includes(anchor_id as string) || all.includes(agency_id || '-')),
  ).toEqual([]);
  expect(beside(sheets.get('汇总'), '应付合计')?.text).toBe(sumOf(mine.map(({ total }) => total as string)));
  expect([sheets.has('提醒'), sheets.has('隔离行')]).toEqual([false, false]);
  const independent = await booked(closed, { agency: '_independent' });
  expect(below(independent.get('主播明细') as ReadSheet, '主播ID')).toHaveLength(3);
});

test('the same run gives the same bytes, in another time zone and over another folder too', async () => {
  const zone = process.env.TZ;
  const first = readFileSync(await written(closed));
  try {
    process.env.TZ = 'America/New_York';
    expect(readFileSync(await written(closed)).equals(first)).toBe(true);
    process.env.TZ = 'Asia/Shanghai';
    const copy = join(workspace(), basename(closed));
    cpSync(closed, copy, { recursive: true });
    expect(readFileSync(await written(copy)).equals(first)).toBe(true);
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

test('the run folder stays as it was', async () => {
  const before = contentOf(restated);
  await written(restated, { against: closed });
  expect(contentOf(restated)).toEqual(before);
});

test('the parts are well-formed, and the book names no machine', async () => {
  // A part for each of ten sheets, five that say what the others are, and four of the chart.
  const parts = await partsOf(await written(closed));
  expect(parts.size).toBe(19);
  expect([...parts.values()].filter((xml) => xml.includes(folder))).toEqual([]);
});

describe('refused is', () => {
  const refused = (run: string, more: object) =>
    written(run, more).then(
      () => 'written',
      (error) => error.code,
    );

  test('wrong use', async () => {
    const there = join(workspace(), 'there.xlsx');
    writeFileSync(there, 'somebody’s');
    expect(await refused(closed, { out: there })).toBe('usage');
    expect(readFileSync(there, 'utf8')).toBe('somebody’s');
    expect(await refused(closed, { out: join(closed, 'a.xlsx') })).toBe('usage');
    expect(await refused(closed, { out: join(folder, 'a.csv') })).toBe('usage');
    expect(await refused(closed, { out: join(folder, 'none', 'a.xlsx') })).toBe('usage');
    expect(await refused(closed, { agency: 'MCN-99' })).toBe('usage');
    expect(await refused(closed, { lang: 'fr' })).toBe('usage');
    expect(await refused('2023-11-30-0000000000000000', {})).toBe('usage');
  });

  test.each([
    ['settlement.csv', '17604.43', '17604.44'],
    ['manifest.json', '"as_of":', '"as_of" :'],
  ])('a run folder of which somebody changed %s', async (file, was, is) => {
    const copy = join(workspace(), basename(closed));
    cpSync(closed, copy, { recursive: true });
    const path = join(copy, file);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(was);
    rmSync(path);
    writeFileSync(path, text.replace(was, is));
    expect(await refused(copy, {})).toBe('differs');
  });
});
