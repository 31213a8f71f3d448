import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { widthOf } from '../../src/programmes/content-incentive/explain/page/layout.js';
import { languageOf } from '../../src/text/language.js';
import { DEEP, variations } from '../support/deep.js';
import { overwrite, temporaryFolder } from '../support/workspace.js';
import { A1, anchors, daily, Place, penalties, sessions } from './place.js';

// @module-tag deep

/** Rows that aren't settled, what can't be explained, and how it is asked for. */

const PLAIN = { 'sessions.csv': sessions({ id: 's1' }) };

test('a superseded row names the row that counts instead', async () => {
  const place = new Place();
  await place.settle({
    'sessions-1.csv': sessions({ id: 's1' }, { id: 's2' }),
    'sessions-2.csv': sessions({ id: 's1', dwell: '500.00' }),
  });
  const { answer, page } = await place.explain({ session: 's1' });
  expect(answer.sessions).toMatchObject([{ amount: '5.00', source: { file: 'sessions-2.csv', line: 2 } }]);
  expect(answer.left_out).toMatchObject([
    {
      code: 'superseded',
      source: { file: 'sessions-1.csv', line: 2 },
      why: 'a file loaded later has this session again',
      change: 'sessions-2.csv:2 counts instead',
    },
  ]);
  expect(page).toContain('sessions-1.csv:2  s1  2023-11-05 21:00:00  superseded');
  expect(page).toContain('    → sessions-2.csv:2 counts instead\n');
});

test('a session that a later file gives to another anchor is explained to both', DEEP, async () => {
  const place = new Place();
  const rows = anchors(A1, 'a2,,,content,2023-03-01,,,');
  await place.settle({
    'anchors.csv': rows,
    'sessions-1.csv': sessions({ id: 's1' }),
    'sessions-2.csv': sessions({ id: 's1', anchor: 'a2' }),
  });
  expect((await place.explain()).answer).toMatchObject({ total: null, left_out: [{ code: 'superseded' }] });
  expect((await place.explain({ anchor: 'a2' })).answer).toMatchObject({ total: '10.00', left_out: [] });
});

variations([
  ['2023-10-31', '1 day before 2023-11-01', 'ended_at 2023-11-01 00:00:00 or later'],
  ['2023-12-02', '2 days after 2023-11-30', 'ended_at 2023-11-30 23:59:59 or earlier'],
])('a session of %s lies outside', async (day, margin, change) => {
  const place = new Place();
  await place.settle({ 'sessions.csv': sessions({ id: 's1' }, { id: 's2', day }) });
  const { answer } = await place.explain({ session: 's2' });
  expect(answer.left_out).toMatchObject([{ code: 'outside_period', why: `ended on ${day}, ${margin}`, change }]);
});

test('one after the evaluation date waits for a later one', DEEP, async () => {
  const place = new Place();
  await place.settle(
    { 'sessions.csv': sessions({ id: 's1' }, { id: 's2', day: '2023-11-06' }) },
    { asOf: '2023-11-05' },
  );
  const { answer } = await place.explain({ date: '2023-11-06' });
  expect(answer.left_out).toMatchObject([
    { why: 'ended on 2023-11-06, 1 day after 2023-11-05', change: 'run with --as-of 2023-11-06 or later' },
  ]);
});

test('of many rows outside the page shows the first, and counts the others', DEEP, async () => {
  const place = new Place();
  await place.settle(
    { 'sessions.csv': sessions({ id: 's0' }, ...daily(9)) },
    { asOf: '2023-11-05', policy: [['from: 2023-11-01, to: 2023-11-30', 'from: 2023-11-05, to: 2023-11-30']] },
  );
  const { answer, page } = await place.explain();
  expect(answer.left_out).toHaveLength(8);
  expect(page).toContain('More rows outside the period: 5');
});

test(
  'an anchor without a sound row: its sessions wait for it, and faulty rows that may be its own are named',
  DEEP,
  async () => {
    const place = new Place();
    const rows = anchors(
      'a1,,,content,2023-13-01,,,',
      'a9,,,content,2023-03-01,,,',
      ',,,content,2023-03-01,,,',
      'a8,,,,,,,',
      ',,,,2023-03-01,,,',
    );
    await place.settle({ ...PLAIN, 'anchors.csv': rows });
    const { answer, page } = await place.explain();
    expect(answer).toMatchObject({ anchor: null, total: null });
    expect(answer.left_out).toMatchObject([
      {
        code: 'bad_date',
        source: { file: 'anchors.csv', line: 2 },
        why: 'first_live_on: bad_date (2023-13-01); the calendar has no such day',
        change: 'fix first_live_on and export the row again',
      },
      {
        code: 'missing',
        source: { file: 'anchors.csv', line: 4 },
        why: 'anchor_id: missing; this may be the row of a1',
      },
      {
        code: 'missing',
        source: { file: 'anchors.csv', line: 6 },
        why: 'anchor_id: missing; this may be the row of a1',
      },
      {
        code: 'missing',
        source: { file: 'anchors.csv', line: 6 },
        why: 'account_kind: missing; this may be the row of a1',
      },
      { code: 'unknown_anchor', session_id: 's1', change: 'a valid row of a1 in an anchors export' },
    ]);
    expect(page).toContain('no session settled');
  },
);

test('rows that contradict each other are found by their session', DEEP, async () => {
  const place = new Place();
  await place.settle({ 'sessions.csv': sessions({ id: 's1' }, { id: 's2' }, { id: 's2', dwell: '1.00' }) });
  const { answer } = await place.explain({ session: 's2' });
  expect(answer.left_out).toMatchObject([
    { code: 'conflicting_duplicate', source: { line: 3 }, change: 'export only one of these rows' },
    { code: 'conflicting_duplicate', source: { line: 4 } },
  ]);
});

test('malformed rows, whose anchor is not known, are counted', DEEP, async () => {
  const place = new Place();
  await place.settle({ 'sessions.csv': sessions({ id: 's1' }, { id: 's2', dwell: 'x' }, { id: 's3', anchor: '' }) });
  const { answer, page } = await place.explain();
  expect(answer.unattributed).toBe(1);
  expect(answer.left_out).toMatchObject([{ session_id: 's2' }]);
  expect(page).toMatch(/\(see quarantine\.csv\):\s+1\n/);
});

describe('nothing to explain is wrong use (exit 2)', () => {
  let folder: string;
  let place: Place;
  beforeAll(async () => {
    folder = temporaryFolder();
    place = new Place(folder);
    const rows = anchors(A1, 'a2,,,content,2023-03-01,,,', 'a3,,,content,2023-03-01,,,');
    await place.settle({ 'anchors.csv': rows, 'sessions.csv': sessions({ id: 's1' }, { id: 's2', anchor: 'a2' }) });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  variations([
    [
      'an anchor that no file knows',
      { anchor: 'nobody' },
      /the files of run .* have no anchor nobody/,
      /quarantine\.csv/,
    ],
    ['an anchor without any session', { anchor: 'a3' }, /the files of run .* have no session of a3/, /settlement\.csv/],
    ['a date without a session', { date: '2023-11-06' }, /a1 has no session that ended on 2023-11-06/, /2023-11-05/],
    ['another anchor’s session', { session: 's2' }, /s2 is not a session of a1/, /a session of a2/],
    [
      'a session that no row has',
      { session: 's9' },
      /s9 is not a session of a1/,
      /No readable row has this session_id/,
    ],
    ['a date that does not exist', { date: '2023-11-31' }, /is not a valid date/, /YYYY-MM-DD/],
    ['a date and a session', { date: '2023-11-05', session: 's1' }, /both given/, /one of them/],
    ['no id', { anchor: "a1' OR 1" }, /is not a valid id/, /as the exports write it/],
    ['a language', { lang: 'fr' }, /--lang fr is not a known language/, /--lang en or --lang zh/],
  ])('%s', async (_, more, message, mend) => {
    await expect(place.explain(more)).rejects.toMatchObject({
      exit: 2,
      message: expect.stringMatching(message),
      details: { mend: expect.stringMatching(mend) },
    });
  });
});

describe('a folder that was changed is not explained (exit 6)', () => {
  variations([
    ['another amount', 'settlement.csv', (text: string) => text.replace('10.00', '11.00'), /says other figures/],
    ['a row that is gone', 'settlement.csv', (text: string) => `${text.split('\n')[0]}\n`, /says other figures/],
    ['another policy', 'policy.yaml', (text: string) => text.replace('"160.00"', '"170.00"'), /is not the policy/],
  ])('%s', async (_, name, change, message) => {
    const place = new Place();
    const { runDir } = await place.settle(PLAIN);
    const file = join(runDir, name);
    overwrite(file, change(readFileSync(file, 'utf8')));
    await expect(place.explain()).rejects.toMatchObject({ exit: 6, message: expect.stringMatching(message) });
  });
});

test('a run is explained as it knew the files, whatever came in later', DEEP, async () => {
  const place = new Place();
  const first = await place.settle(PLAIN);
  await place.settle({ 'sessions-2.csv': sessions({ id: 's1', dwell: '1.00' }) });
  expect((await place.explain()).answer).toMatchObject({ total: '0.01' });
  place.runDir = first.runDir;
  expect((await place.explain()).answer).toMatchObject({ total: '10.00', left_out: [] });
});

test('nothing in the warehouse is changed', async () => {
  const place = new Place();
  await place.settle(PLAIN);
  const before = readFileSync(place.warehouse);
  await place.explain();
  expect(readFileSync(place.warehouse).equals(before)).toBe(true);
});

test('names that would steer a terminal are printed safely', DEEP, async () => {
  const place = new Place();
  const name = '\u202e=cmd\u2066';
  await place.settle({ ...PLAIN, 'anchors.csv': anchors(`a1,${name},,content,2023-03-01,,,`) });
  const { page, answer } = await place.explain();
  expect(page).toContain('a1  \ufffd=cmd\ufffd');
  expect(page).not.toMatch(/[\u202e\u2066]/);
  expect(answer.anchor?.nickname).toBe(name);
});

test('ids as long as they may be fit the page', DEEP, async () => {
  const place = new Place();
  const long = (first: string): string => first.padEnd(64, 'x');
  const rows = anchors(`${long('a')},${'长'.repeat(128)},${long('g')},content,2023-03-01,,${long('p')},`);
  const penalty = `${long('P')},${long('a')},,${long('s')},${'vulgar'},2023-11-06 09:00:00,upheld`;
  await place.settle({
    'anchors.csv': rows,
    'sessions.csv': sessions({ id: long('s'), anchor: long('a') }),
    'penalties.csv': penalties(penalty),
  });
  for (const asked of [{}, { session: long('s') }, { date: '2023-11-05' }]) {
    const { page } = await place.explain({ anchor: long('a'), ...asked });
    expect(page.split('\n').filter((line) => widthOf(line) > 100)).toEqual([]);
  }
});

describe('the language', () => {
  test.each([
    [undefined, {}, 'en'],
    [undefined, { LANG: 'zh_CN.UTF-8' }, 'zh'],
    [undefined, { LANG: 'de_DE.UTF-8' }, 'en'],
    [undefined, { LANG: 'zh_CN.UTF-8', LC_MESSAGES: 'en_GB' }, 'en'],
    [undefined, { LANG: 'en_GB', LC_MESSAGES: 'en_GB', LC_ALL: 'zh_TW' }, 'zh'],
    [undefined, { LANG: 'zh_CN', LC_ALL: '' }, 'zh'],
    ['en', { LANG: 'zh_CN' }, 'en'],
    ['zh', {}, 'zh'],
  ] as const)('--lang %s with %o is %s', (asked, environment, language) => {
    expect(languageOf(asked, environment)).toBe(language);
  });

  test('Chinese uses the terms of the source; names of the object stay English', DEEP, async () => {
    const place = new Place();
    await place.settle({ 'sessions.csv': sessions({ id: 's1', to: '20:29:48' }, { id: 's2', dwell: '37240.00' }) });
    const { page, answer } = await place.explain({ lang: 'zh' });
    for (const words of [
      '优质月全勤激励',
      '新手主播激励',
      '归属日期',
      '合规安全码',
      '距 30 分钟差 12 秒',
      '超出 2 级封顶 212.40 元',
    ])
      expect(page.replace(/\n\s*/g, '')).toContain(words);
    expect(page).not.toMatch(/\b(session|days?|short|above|penalt\w+)\b/);
    expect(answer.sessions[0]).toMatchObject({ reasons: ['too_short'], change: '时长再增加 12 秒' });
    expect((await place.explain({}, { LANG: 'zh_CN.UTF-8' })).page).toBe(page);
  });
});
