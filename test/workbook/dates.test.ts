import { describe, expect, test } from 'vitest';
import { isDateFormat } from '../../src/load/workbook/cells/date-formats.js';
import { clockOf, clockOfIso } from '../../src/load/workbook/cells/numbers.js';
import { ofRows, textRow } from './made.js';
import { look, textsOf } from './read.js';

/** Numbers under a date format, in columns of times and dates (contract, "Workbooks"). */

describe('a serial number', () => {
  test.each([
    [45231, '2023-11-01 00:00:00'],
    [45231.5, '2023-11-01 12:00:00'],
    [45231.390277777777, '2023-11-01 09:22:00'], // a little short of it
    [45231.390289351853, '2023-11-01 09:22:01'],
    [45231.9999999, '2023-11-02 00:00:00'],
    [45231.99999, '2023-11-01 23:59:59'],
    [36526, '2000-01-01 00:00:00'],
    [36525.999999, '2000-01-01 00:00:00'],
    [73050.99999, '2099-12-31 23:59:59'],
  ])('%s is %s', (serial, clock) => {
    expect(clockOf(serial, false)).toBe(clock);
    expect(clockOf(serial - 1462, true)).toBe(clock);
  });

  test.each([36525.9, 73051, 73050.999999, 0.5, -1, 1e300])('%s lies outside 2000 to 2099', (serial) => {
    expect(clockOf(serial, false)).toBeUndefined();
  });

  test('of every second of two days, cut at 15 digits, is that second', () => {
    for (let second = 0; second < 172_800; second += 1) {
      const serial = Number((45231 + second / 86_400).toPrecision(15));
      const day = second < 86_400 ? '2023-11-01' : '2023-11-02';
      const clock = new Date((second % 86_400) * 1000).toISOString().slice(11, 19);
      if (clockOf(serial, false) !== `${day} ${clock}`)
        expect([second, clockOf(serial, false)]).toEqual([second, `${day} ${clock}`]);
    }
  });
});

describe('an ISO date', () => {
  test.each([
    ['2023-11-05T09:05:00', '2023-11-05 09:05:00'],
    ['2023-11-05T09:05', '2023-11-05 09:05:00'],
    ['2023-11-05', '2023-11-05 00:00:00'],
    ['2023-11-05T08:59:59.9996', '2023-11-05 09:00:00'],
    ['2023-11-05T09:05:00.000', '2023-11-05 09:05:00'],
    ['2023-11-31', undefined],
    ['2023-11-05T24:00:00', undefined],
    ['2023-11-05T09:05:00.000Z', '2023-11-05 09:05:00'], // as SheetJS ends every one
    ['2023-11-05T09:05:00+08:00', undefined], // an instant: a CSV's rules read it
    ['1999-12-31T23:59:59', undefined],
    ['T09:05:00', undefined],
  ])('%s is %s', (text, clock) => {
    expect(clockOfIso(text)).toBe(clock);
  });
});

describe('a number format', () => {
  test.each([
    ...[
      'yyyy/m/d h:mm:ss',
      'm/d/yy',
      'yyyy"年"m"月"d"日"',
      'yyyy年m月d日',
      '[$-804]yyyy"年"m"月"d"日"\\ h:mm',
      'h:mm:ss',
      'mm:ss.0',
    ],
    ...[
      '[$-F400]h:mm:ss\\ AM/PM',
      '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy',
      '上午/下午h"时"mm"分"',
      '[DBNum1][$-804]yyyy"年"m"月"',
      'aaaa',
    ],
    ...['[Red]yyyy\\-mm\\-dd;@', '[>=36526]yyyy\\-mm\\-dd;General', '[$-411]ge.m.d', 'YYYY-MM-DD'],
  ])('%s is of dates', (format) => {
    expect(isDateFormat(format)).toBe(true);
  });

  test.each([
    ...[
      'General',
      'G/通用格式',
      '0.00',
      '#,##0.00',
      '0.00E+00',
      '##0.0e+0',
      '@',
      '[Red]0.00',
      '0.00_);[Red]\\(0.00\\)',
      '0"d"',
      '0\\d',
      '0_d',
    ],
    ...[
      '[h]:mm:ss',
      '[hh]:mm',
      '[m]:ss',
      '[s]',
      '[h]"时"mm',
      '# ?/?',
      '[$¥-804]#,##0.00',
      '"yyyy"0',
      ';;;@',
      '0"元"',
      '0;yyyy',
      '* 0',
    ],
  ])('%s is of none', (format) => {
    expect(isDateFormat(format)).toBe(false);
  });
});

const SERIAL = '<v>45231.390277777777</v>';
const DAY = '<v>45231</v>';

/** Style 1 has this format. */
const styled = (format: string): { styles: string } => ({
  styles: `<numFmts count="1"><numFmt numFmtId="200" formatCode="${format}"/></numFmts>
    <cellStyleXfs><xf numFmtId="14"/><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs>
    <dxfs><dxf><numFmt numFmtId="0" formatCode="yyyy"/></dxf></dxfs>`,
});
const builtIn = (id: number, more = ''): { styles: string } => ({
  styles: `${more}<cellXfs><xf numFmtId="0"/><xf numFmtId="${id}"/></cellXfs>`,
});

test.each([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 31, 36, 45, 47, 50, 58])(
  'format %i that programs know is of dates',
  async (id) => {
    expect(await textsOf({ started_at: `<c s="1">${SERIAL}</c>` }, builtIn(id))).toEqual({
      started_at: '2023-11-01 09:22:00',
    });
  },
);

test.each([0, 1, 13, 23, 26, 37, 44, 46, 48, 49, 59])('format %i that programs know is of none', async (id) => {
  expect(await textsOf({ started_at: `<c s="1">${SERIAL}</c>` }, builtIn(id))).toEqual({
    started_at: '45231.3902777778',
  });
});

test('what a workbook says of a format counts before what programs know', async () => {
  const more = '<numFmts><numFmt numFmtId="27" formatCode="0.00"/></numFmts>';
  expect(await textsOf({ started_at: `<c s="1">${SERIAL}</c>` }, builtIn(27, more))).toEqual({
    started_at: '45231.3902777778',
  });
});

test('a format of dates makes dates in columns of times alone, and only within the years', async () => {
  const cells = {
    session_id: `<c s="1">${DAY}</c>`,
    started_at: `<c s="1">${SERIAL}</c>`,
    ended_at: '<c s="1"><v>0.5</v></c>',
    quality_level: `<c s="1">${DAY}</c>`,
    replay_deleted_at: `<c s="0">${SERIAL}</c>`,
  };
  expect(await textsOf(cells, styled('yyyy/m/d h:mm'))).toEqual({
    session_id: '45231',
    started_at: '2023-11-01 09:22:00',
    ended_at: '0.5',
    quality_level: '45231',
    replay_deleted_at: '45231.3902777778',
  });
});

test('dates count from 1904 where the workbook says so', async () => {
  const cells = { started_at: '<c s="1"><v>43769.390277777777</v></c>' };
  expect(await textsOf(cells, { ...styled('yyyy/m/d'), from1904: true })).toEqual({
    started_at: '2023-11-01 09:22:00',
  });
});

test('a date written as ISO 8601 is one without a format; in a text it is a text', async () => {
  const cells = {
    started_at: '<c t="d"><v>2023-11-05T09:05:00</v></c>',
    ended_at: '<c t="d"><v>2023-11-05T01:05:00+08:00</v></c>',
    track: '<c t="d"><v>2023-11-05T09:05:00</v></c>',
    replay_deleted_at: '<c t="d"><v>2023-11-05</v></c>',
  };
  expect(await textsOf(cells)).toEqual({
    started_at: '2023-11-05 09:05:00',
    ended_at: '2023-11-05T01:05:00+08:00',
    track: '2023-11-05T09:05:00',
    replay_deleted_at: '2023-11-05 00:00:00',
  });
});

test('a date cell has no zone: one that ends with Z is the clock that programs show', async () => {
  const cells = {
    started_at: '<c s="1" t="d"><v>2023-11-01T09:00:20.000Z</v></c>',
    ended_at: '<c s="1" t="d"><v>2023-11-01T09:45Z</v></c>',
    track: '<c t="d"><v>2023-11-01T09:00:20.000Z</v></c>',
    replay_deleted_at: '<c t="inlineStr"><is><t>2023-11-01T09:00:20Z</t></is></c>',
  };
  expect(await textsOf(cells, builtIn(22))).toEqual({
    started_at: '2023-11-01 09:00:20',
    ended_at: '2023-11-01 09:45:00',
    track: '2023-11-01T09:00:20.000Z',
    replay_deleted_at: '2023-11-01T09:00:20Z',
  });
});

/** How many of these times have lost their seconds, under a format that shows none. */
async function lost(...times: string[]): Promise<number> {
  const names = ['session_id', 'anchor_id', 'started_at', 'ended_at', 'settleable', 'quality_level', 'track'];
  const cells = times.map((time) => `<row><c/><c/><c s="1" t="d"><v>2023-11-05T${time}</v></c></row>`);
  const book = await look(ofRows(textRow([...names, 'rec_dwell_minutes']) + cells.join(''), builtIn(22)));
  for await (const _ of book.records());
  return book.looks.minutes;
}

test('a format that shows no seconds hides them where hardly more times are of a whole minute than by chance', async () => {
  expect(await lost('09:00:00', '09:01:00')).toBe(2);
  expect(await lost('09:00:00', '09:01:07')).toBe(1);
  expect(await lost('09:00:00', '09:01:07', '09:02:13')).toBe(0);
  const times = (whole: number, others: number): string[] => [
    ...Array.from({ length: whole }, () => '09:05:00'),
    ...Array.from({ length: others }, () => '09:05:07'),
  ];
  expect(await lost(...times(3, 4))).toBe(0); // of few, some
  expect(await lost(...times(4, 5))).toBe(4);
  expect(await lost(...times(5, 95))).toBe(0); // three times what chance brings
  expect(await lost(...times(6, 94))).toBe(6); // rows of a system that keeps none, beside others
  expect(await lost('09:00:07')).toBe(0);
});
