import { describe, expect, test } from 'vitest';
import { DEEP, variations } from '../support/deep.js';
import { SESSIONS_HEADER } from '../support/exports.js';
import { session, sessions, settled } from './place.js';

// @module-tag deep

/** What quarantine.csv says of a fault whose cause can be seen. Its columns, order and codes are the contract's. */

const CAUSES: [string, string, string, RegExp][] = [
  ['a day first', 'started_at', '05/11/2023', /the day or the month stands first: write it as YYYY-MM-DD HH:MM:SS$/],
  ['a date alone', 'ended_at', '2023-11-05', /without the time of day: write it as YYYY-MM-DD HH:MM:SS$/],
  ['a day that there is not', 'ended_at', '2023-11-31 20:00:00', /the calendar has no such day: correct it$/],
  ['hour 24', 'ended_at', '2023-11-05 24:00:00', /write 00:00:00 of the next day$/],
  ['a rounded id', 'session_id', '7.289E+18', /rounded the id .*: format the column as text and take the ids/],
  ['a rounded id', 'anchor_id', '4.56037793538245E+17', /the last digits are lost$/],
  ['how Excel writes text', 'session_id', '="0012"', /="…" is Excel's way to write text/],
  ['separators', 'rec_dwell_minutes', '1,234.50', /thousands separators: write it without separators$/],
  ['an exponent', 'rec_dwell_minutes', '1.2E+04', /with an exponent: write all its digits$/],
  ['a mark without width', 'session_id', 's1\u200b', /the cell holds U\+200B: write it without U\+200B$/],
  ['no-break spaces', 'anchor_id', '\u00a0a1\u00a0', /the cell holds U\+00A0: write it without U\+00A0$/],
  ['a byte order mark', 'session_id', '\ufeffs1', /holds U\+FEFF/],
  ['full-width digits', 'quality_level', '２', /holds U\+FF12/],
  ['a control character', 'track', '文\u0007化', /holds U\+0007/],
];

describe('a cell shows its cause', () => {
  variations(
    CAUSES,
    0,
    3,
  )('%s in %s', async (_, column, cell, words) => {
    const { said, quarantine } = await settled({ 'sessions.csv': sessions(session({ [column]: cell })) });
    expect(quarantine).toMatchObject([{ file: 'sessions.csv', line: '2', column }]);
    expect(said('sessions.csv', 2)[0]).toMatch(words);
  });

  variations([
    ['a word in place of a number', 'quality_level', '三'],
    ['a word in place of a time', 'started_at', 'yesterday'],
    ['a number that is too large', 'rec_dwell_minutes', '99999999999999'],
    ['a Chinese id', 'session_id', '场次一'],
  ])('%s shows none', async (_, column, cell) => {
    const { said } = await settled({ 'sessions.csv': sessions(session({ [column]: cell })) });
    expect(said('sessions.csv', 2)).toEqual([expect.not.stringContaining(';')]);
  });
});

describe('a ragged row is told with both counts', () => {
  const cells = SESSIONS_HEADER.split(',').length;
  const ragged = session().split(',');

  variations([
    ['one cell too few', ragged.slice(1).join(','), `${cells - 1} cells, the header has ${cells}`],
    ['one cell too many', [...ragged, ''].join(','), `${cells + 1} cells, the header has ${cells}`],
    ['one cell alone', 's1', `1 cell, the header has ${cells}`],
    ['cells in quotes', `"${ragged.slice(1).join('","')}"`, `${cells - 1} cells, the header has ${cells}`],
  ])('%s', async (_, line, message) => {
    const { said, quarantine } = await settled({ 'sessions.csv': sessions(session(), line) });
    expect(quarantine).toMatchObject([{ line: '3', column: '', code: 'ragged_row', value: '' }]);
    expect(said('sessions.csv', 3)).toEqual([message]);
  });

  test('unknown columns of one name, or of none, are counted too', DEEP, async () => {
    const header = `${SESSIONS_HEADER},x,x,,`;
    const { said } = await settled({ 'sessions.csv': `${[header, session(), `${session()},,,,`].join('\n')}\n` });
    expect(said('sessions.csv', 2)).toEqual([`${cells} cells, the header has ${cells + 4}`]);
  });
});

describe('a row that is no record says so with every fault', () => {
  const total = `合计${','.repeat(7)}1000.00,,`;

  test('a total line', async () => {
    const { said } = await settled({ 'sessions.csv': sessions(session(), total) });
    const messages = said('sessions.csv', 3);
    expect(messages.length).toBeGreaterThan(4);
    for (const message of messages)
      expect(message).toMatch(/; line 3 looks like a total line \(合计\): remove it from the export$/);
  });

  variations(['总计', '小计', 'Total', 'subtotal'])('a ragged total line of %s', async (word) => {
    const { said } = await settled({ 'sessions.csv': sessions(session(), `${word},1000.00`) });
    expect(said('sessions.csv', 3)).toEqual([
      expect.stringContaining(`2 cells, the header has 10; line 3 looks like a total line (${word})`),
    ]);
  });

  test('a total line of anchors', DEEP, async () => {
    const anchors = 'anchor_id,account_kind,first_live_on\na1,content,2023-03-01\n小计,,\n';
    const { said } = await settled({ 'anchors.csv': anchors, 'sessions.csv': sessions(session()) });
    expect(said('anchors.csv', 3)[0]).toContain('line 3 looks like a total line (小计)');
  });

  test('a header that stands again', DEEP, async () => {
    const chinese =
      '场次ID,主播ID,开播时间,下播时间,场次是否结算,内容质量等级,赛道,推荐有效用户停留时长,结算单价,内容稀缺度指数';
    const again = sessions(session(), SESSIONS_HEADER, session({ session_id: 's2' }), chinese, '场次ID,主播ID');
    const { said, manifest } = await settled({ 'sessions.csv': again });
    for (const line of [3, 5, 6])
      expect(said('sessions.csv', line)[0]).toContain(`line ${line} looks like the header: remove it`);
    expect(manifest.totals.sessions).toBe(2);
  });
});

test('a message has no line end and is quoted where it must be, whatever the cells hold', async () => {
  const cells = { session_id: '=1+1', track: 'x\u0001"y",\nz' };
  const { quarantine } = await settled({ 'sessions.csv': sessions(session(cells)) });
  expect(quarantine.map(({ column, value }) => [column, value])).toEqual([
    ['session_id', "'=1+1"],
    ['track', 'x\u0001"y",\nz'],
  ]);
  expect(quarantine.map(({ message }) => message).join('')).not.toMatch(/\n/);
});
