import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExplainOptions, explain } from '../../src/commands/explain.js';
import { run } from '../../src/commands/run.js';
import { publishedBelow } from '../../src/runs/published.js';
import { SAMPLE_POLICY, SAMPLES, SILENT, temporaryFolder } from '../support/workspace.js';
import type { Answer } from './place.js';

// @module-tag deep

/** The Chinese pages of the samples, read as finance reads them: its words, and the marks of a Chinese text. */

interface Page {
  what: string;
  text: string;
  /** Of the exports, and so no text of the page. */
  nickname: string;
}

let folder: string;
let pages: Page[] = [];

/** Each settled month with what is asked about it. */
const MONTHS: { input: string; asOf?: string; asked: Partial<ExplainOptions>[] }[] = [
  {
    input: '2023-11',
    asked: [
      ...Array.from({ length: 14 }, (_, at) => ({ anchor: `A10${String(at + 1).padStart(2, '0')}` })),
      { anchor: 'A1012', date: '2023-11-14' },
      { anchor: 'A1012', date: '2023-11-23' },
      { anchor: 'A1012', session: 'L20231108-0025' },
      { anchor: 'A1006', session: 'L20231105-0038' },
      { anchor: 'A1005', session: 'L20231110-0026' },
    ],
  },
  { input: '2023-11', asOf: '2023-11-15', asked: [{ anchor: 'A1001' }, { anchor: 'A1009' }] },
  {
    input: '2023-11-faulty',
    asked: [
      ...['B2001', 'B2002', 'B2003', 'B2005', 'B2006'].map((anchor) => ({ anchor })),
      { anchor: 'B2002', session: 'L20231114-0060' },
    ],
  },
];

beforeAll(async () => {
  folder = temporaryFolder();
  for (const [at, { input, asOf, asked }] of MONTHS.entries()) {
    const places = { out: join(folder, `out-${at}`), warehouse: join(folder, `${at}.duckdb`) };
    const month = { policy: SAMPLE_POLICY, input: join(SAMPLES, input), asOf, encoding: 'gb18030' };
    const { runDir } = await run({ ...month, ...places, strict: false, statements: false }, SILENT);
    for (const what of asked) {
      const options = { ...places, anchor: '', lang: 'zh', ...what };
      const { answer, text } = await explain(runDir, options, SILENT, {});
      const { anchor } = answer as Answer;
      const page = text((_, said) => said);
      pages = [...pages, { what: JSON.stringify(what), text: page, nickname: String(anchor?.nickname ?? '') }];
    }
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What wraps, whole again. */
const unwrapped = (text: string): string => text.replace(/\n +/g, ' ');

/** Of finance's list of wordings: what the pages said, and what they say instead, spaces left out. */
const WORDING: [row: string, old: RegExp, ...better: RegExp[]][] = [
  ['取消 of the sums', /− *取消/, /−不予发放/],
  ['合计', /= *合计/, /=应付合计/],
  ['获得', /获得/, /达标金额：/],
  ['改变条件', /改变条件/, /→如需改变结果：/, /→以此为准：/],
  ['计数 0 个处罚', /计数|个处罚|成立需/, /已计入0次（重复账号，[^（）]*），满1次触发，还差1次/],
  ['成立, 不成立', /成立/, /：已触发，/, /：未触发，/],
  ['flags', /settleable|opted_out|suspended|[:：=]\s*[YN]\b/, /场次是否结算=是/, /未放弃结算/, /未中途暂停/],
  ['主播在适用范围内: N', /适用范围内[:：]\s*(N|否)/, /不在适用范围/],
  ['green (非 red)', /\b(green|yellow|red)\b|非 /, /绿码（非红码）/],
  ['idle, multi_stream', /(?<![\w-])(idle|multi_stream|recorded|vulgar|off_value)(?![\w-])/, /挂机、多开/],
  ['superseded', /superseded|outside_period/, /已被更正/],
  ['no_unit_price', /no_unit_price|no_scarcity_index|unknown_anchor|bad_date/, /无结算单价/],
  ['other codes', /too_short|replay_deleted|out_of_scope|compliance_code|first_live_on|low_level_share/, /时长不足/],
  ['被封顶或无效的归属日期', /被封顶或无效/, /触及封顶或不计有效天的日期/],
  ['之前 261 天', /之前|之后/, /早于2023-02-01共261天/, /晚于2023-02-01共163天/],
  ['早了 29 天', /早了/, /提前29天22小时33分钟删除/],
  ['合计如何得出', /合计如何得出/, /应付金额计算过程/],
  ['a bare time as 要求', /│ [^│\n]*│ \d{4}-[^│\n]*│ [是否] /, /│不早于2023-02-01│/, /│不早于2023-12-0821:45:58│/],
  ['还需 再有', /(再|还需)[^，；。\n]{0,4}(再有|还需)/, /还需12个有效天/, /（剩15天，/],
];

describe.each(WORDING)('%s', (_, old, ...better) => {
  test('is on no page', () => {
    const found = pages.map(({ what, text }) => [what, old.exec(unwrapped(text))?.[0]]);
    expect(found.filter(([, said]) => said !== undefined)).toEqual([]);
    expect(pages.length).toBe(MONTHS.flatMap(({ asked }) => asked).length);
  });

  test.each(better)('%s is', (form) => {
    const bare = pages.map(({ text }) => text.replace(/\s/g, ''));
    expect(bare.some((text) => form.test(text))).toBe(true);
  });
});

/** Half-width marks of the page's own text: those of nicknames, numbers, times, places in files and rule ids are none. */
function halfWidth({ text, nickname }: Pick<Page, 'text' | 'nickname'>): string[] {
  const own = text
    .replace(nickname, '')
    .replace(/\d{1,3}(,\d{3})+/g, '0')
    .replace(/\d\d:\d\d:\d\d|HH:MM:SS/g, '0')
    .replace(/\.(csv|csv\.gz):\d+/g, '.csv')
    .replace(/agency:[\w-]+/g, 'agency');
  return own.match(/.{0,12}[(),:;].{0,12}/gu) ?? [];
}

test('marks are full-width', () => {
  expect(pages.flatMap((page) => halfWidth(page).map((found) => `${page.what}: ${found}`))).toEqual([]);
});

test.each([
  ['计入: 24 场', 1],
  ['新手主播激励 (C10)', 1],
  ['挂机, 多开', 1],
  ['有效; 无效', 1],
  ['计入：24 场（C10），1,000.00 元 20:15:00 a.csv.gz:3 agency:x-1', 0],
])('a half-width mark is found: %s', (text, count) => {
  expect(halfWidth({ text, nickname: '' })).toHaveLength(count);
});

test('no line begins with a closing mark or ends with an opening one', () => {
  const lines = pages.flatMap(({ text }) => text.split('\n'));
  expect(lines.filter((line) => /^[│ ]*[，。；：、）]|（ *│?$/.test(line))).toEqual([]);
});

test('flags, codes and bare times in the JSON are those of the files, in both languages', async () => {
  const places = { out: join(folder, 'out-0'), warehouse: join(folder, '0.duckdb') };
  const run = publishedBelow(places.out)[0]?.dir ?? '';
  for (const anchor of ['A1005', 'A1006', 'A1012']) {
    const inEnglish = (await explain(run, { ...places, anchor, lang: 'en' }, SILENT, {})).answer as Answer;
    const inChinese = (await explain(run, { ...places, anchor, lang: 'zh' }, SILENT, {})).answer as Answer;
    expect(plainValues(inChinese)).toEqual(plainValues(inEnglish));
    expect(plainValues(inEnglish).length).toBeGreaterThan(50);
  }
});

const PLAIN = ['account_kind', 'first_live_on', 'in_scope', 'settleable', 'suspended', 'opted_out', 'duration_seconds'];

/** What is and what must be, of the tests of flags, codes and dates; and the penalties of each punished session. */
function plainValues({ scope, sessions }: Answer): unknown[] {
  const tests = [...scope, ...sessions.flatMap((session) => session.tests)];
  return [
    ...tests.filter(({ test: name }) => PLAIN.includes(name)).map(({ value, threshold }) => [value, threshold]),
    ...tests.filter(({ test: name }) => name === 'replay_deleted_at').map(({ threshold }) => threshold),
    ...tests.filter(({ test: name, holds }) => name === 'punished' && !holds).map(({ value }) => value),
  ];
}
