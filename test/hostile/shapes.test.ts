import { expect } from 'vitest';
import { variations } from '../support/deep.js';
import { anchorsCsv, SESSIONS_HEADER, sessionLine, sessionsCsv } from '../support/exports.js';
import { type Hostile, survive } from './survive.js';

// @module-tag deep

/** Files whose shape is hostile: their lines, their quotes, their encoding, their header. */

/** How many lines the large files have: HOSTILE_LINES=1000000 npx vitest run test/hostile */
const LINES = Number(process.env.HOSTILE_LINES ?? 100_000);

const ROW = { id: 's1' };
const GOOD = sessionsCsv(ROW, { id: 's2', day: '2023-11-06' });
const [S1, S2] = [sessionLine(ROW), sessionLine({ id: 's2', day: '2023-11-06' })] as const;
const lines = (...all: string[]): string => `${all.join('\n')}\n`;
const many = (at: number): string =>
  sessionLine({ id: `m${at}`, day: `2023-11-${String((at % 28) + 1).padStart(2, '0')}` });

/** A file of many lines, of which one is another. */
function large(at: number, line: string): string {
  const all = Array.from({ length: LINES }, (_, number) => (number === at ? line : many(number)));
  return `${SESSIONS_HEADER}\n${all.join('\n')}\n`;
}

/** One sessions file beside an anchors file. */
const sessions = (content: string | Uint8Array, rest: Omit<Hostile, 'files'>): Hostile => ({
  files: { 'anchors.csv': anchorsCsv('a1'), 'sessions.csv': content },
  ...rest,
});

const MIDDLE = Math.floor(LINES / 2);
const HUGE = 'x'.repeat(3_000_000);
const widened = (columns: number, header: (at: number) => string, cell: string): string =>
  lines(
    ...[SESSIONS_HEADER, S1, S2].map(
      (line, at) => `${line},${Array.from({ length: columns }, (_, no) => (at === 0 ? header(no) : cell)).join(',')}`,
    ),
  );

const SHAPES: Record<string, Hostile> = {
  'many lines and one stray quote inside a cell': sessions(large(MIDDLE, many(MIDDLE).replace('文化', '文"化')), {
    exit: 3,
    words: new RegExp(`^sessions.csv, line ${MIDDLE + 2}: a quote stands inside a cell`),
  }),
  'many lines and one quote that opens a cell': sessions(large(MIDDLE, many(MIDDLE).replace('文化', '"文化')), {
    exit: 3,
    words: new RegExp(`^sessions.csv, line ${MIDDLE + 2}: a quote that opens in the record .* is never closed`),
  }),
  'many lines and one of them ragged': sessions(large(MIDDLE, 's'), {
    exit: 4,
    quarantine: [`${MIDDLE + 2}  ragged_row`],
    accounting: { rows_read: LINES, settled: LINES - 1, quarantined: 1 },
  }),
  'a cell of 3 MB in a known column': sessions(GOOD.replace('文化', HUGE), {
    exit: 4,
    quarantine: ['2 track bad_value'],
  }),
  'a cell of 3 MB in an unknown column': sessions(lines(`${SESSIONS_HEADER},x`, `${S1},${HUGE}`, `${S2},`), {
    exit: 0,
    total: '20.00',
  }),
  'a line of 3 MB without a comma': sessions(lines(SESSIONS_HEADER, HUGE, S2), {
    exit: 4,
    quarantine: ['2  ragged_row'],
  }),
  'a header of 3 MB': sessions(lines(`${SESSIONS_HEADER},${HUGE}`, `${S1},`), { exit: 0, words: /xxx/ }),
  'a NUL in the header': sessions(GOOD.replace('track', 'tr\0ack'), {
    exit: 3,
    words: new RegExp(`NUL byte at byte ${SESSIONS_HEADER.indexOf('track') + 2}$`),
  }),
  'a NUL at the very end': sessions(`${GOOD}\0`, { exit: 3, words: /NUL byte/ }),
  'a sequence of UTF-8 cut at the end': sessions(Buffer.concat([Buffer.from(GOOD), Buffer.from([0xe6, 0x96])]), {
    exit: 3,
    words: /not valid UTF-8/,
  }),
  'surrogates in UTF-8': sessions(Buffer.from(GOOD.replace('文', '\xed\xa0\x80'), 'latin1'), {
    exit: 3,
    words: /not valid UTF-8/,
  }),
  'overlong UTF-8': sessions(Buffer.from(GOOD.replace('文', '\xc0\xaf'), 'latin1'), {
    exit: 3,
    words: /not valid UTF-8/,
  }),
  'a code point beyond Unicode': sessions(Buffer.from(GOOD.replace('文', '\xf4\x90\x80\x80'), 'latin1'), {
    exit: 3,
    words: /not valid UTF-8/,
  }),
  'line ends mixed': sessions(`${SESSIONS_HEADER}\r\n${S1}\n${S2}\r\n`, { exit: 0, total: '20.00' }),
  'CR CR LF': sessions(`${SESSIONS_HEADER}\n${S1}\r\r\n${S2}\r\n`, {
    exit: 4,
    quarantine: ['2 scarcity_index bad_number'],
  }),
  'line ends of CR alone': sessions(GOOD.replaceAll('\n', '\r'), { exit: 3, words: /line 1: .*CR alone/ }),
  'CR alone below the header': sessions(`${SESSIONS_HEADER}\n${S1}\r${S2}\n`, {
    exit: 4,
    quarantine: ['2  ragged_row'],
  }),
  'a CR at the very end': sessions(`${GOOD}${sessionLine({ id: 's3' })}\r`, {
    exit: 4,
    quarantine: ['4 scarcity_index bad_number'],
  }),
  'no line end at the end': sessions(GOOD.slice(0, -1), { exit: 0, total: '20.00' }),
  'one empty cell too many in one line': sessions(lines(SESSIONS_HEADER, `${S1},`, S2), {
    exit: 4,
    quarantine: ['2  ragged_row'],
  }),
  'one empty cell too many in the last line': sessions(`${SESSIONS_HEADER}\n${S1}\n${S2},`, {
    exit: 4,
    quarantine: ['3  ragged_row'],
  }),
  'one empty cell too many in all lines': sessions(lines(`${SESSIONS_HEADER},`, `${S1},`, `${S2},`), {
    exit: 0,
    words: /a column without a name/,
  }),
  'one empty cell too many in all lines but the header': sessions(lines(SESSIONS_HEADER, `${S1},`, `${S2},`), {
    exit: 4,
    quarantine: ['2  ragged_row', '3  ragged_row'],
  }),
  'one cell too many here, one too few there': sessions(lines(SESSIONS_HEADER, `${S1},`, S2.replace(/,[^,]*$/, '')), {
    exit: 4,
    quarantine: ['2  ragged_row', '3  ragged_row'],
  }),
  'nothing but a header': sessions(`${SESSIONS_HEADER}\n`, { exit: 0, accounting: { rows_read: 0 } }),
  'nothing but a header without a line end': sessions(SESSIONS_HEADER, { exit: 0, accounting: { rows_read: 0 } }),
  'the header twice': sessions(lines(SESSIONS_HEADER, SESSIONS_HEADER, S1), {
    exit: 4,
    quarantine: [
      '2 ended_at bad_time',
      '2 quality_level bad_number',
      '2 rec_dwell_minutes bad_number',
      '2 scarcity_index bad_number',
      '2 session_id bad_id',
      '2 settleable bad_flag',
      '2 started_at bad_time',
      '2 unit_price bad_number',
    ].filter((fault) => !fault.includes('session_id')), // the names of columns are ids
  }),
  'a byte order mark': sessions(`\ufeff${GOOD}`, { exit: 0, total: '20.00' }),
  'a byte order mark before a quote': sessions(`\ufeff"${GOOD.replace(',', '",')}`, { exit: 0, total: '20.00' }),
  'two byte order marks': sessions(`\ufeff\ufeff${GOOD}`, { exit: 3, words: /lacks the column session_id/ }),
  'a byte order mark in the middle': sessions(lines(SESSIONS_HEADER, S1, `\ufeff${S2}`), {
    exit: 4,
    quarantine: ['3 session_id bad_id'],
  }),
  'an empty line before the header, and no other oddity': sessions(`\n${GOOD}`, { exit: 0, total: '20.00' }),
  'an empty line behind a byte order mark': sessions(`\ufeff\n${GOOD}`, { exit: 0, total: '20.00' }),
  'an empty line before the header, and a row without its line feed': sessions(`\n${GOOD.trimEnd()}`, {
    exit: 0,
    total: '20.00',
  }),
  'empty lines before the header': sessions(`\n\r\n${GOOD}`, { exit: 0, total: '20.00' }),
  'empty lines in the middle': sessions(lines(SESSIONS_HEADER, '', S1, '', '', 's3', S2), {
    exit: 4,
    quarantine: ['6  ragged_row'],
  }),
  'empty lines at the end': sessions(`${GOOD}\n\n\r\n`, { exit: 0, total: '20.00' }),
  'a line of spaces, which is no row but counts as a line': sessions(lines(SESSIONS_HEADER, S1, '   ', S2, 'x'), {
    exit: 4,
    quarantine: ['5  ragged_row'],
  }),
  'lines of commas, spaces and tabs alone, as many as the header has or not': sessions(
    lines(SESSIONS_HEADER, ','.repeat(9), S1, ' ,\t,,', ','.repeat(30), 'x'),
    { exit: 4, quarantine: ['6  ragged_row'], accounting: { rows_read: 2 } },
  ),
  'quoted blank cells alone': sessions(lines(SESSIONS_HEADER, S1, '"",""," "', 'x'), {
    exit: 4,
    quarantine: ['4  ragged_row'],
  }),
  'cells of \\N alone, which is a row': sessions(
    lines(
      'session_id,anchor_id,started_at,ended_at,settleable,quality_level,track,rec_dwell_minutes',
      '\\N,\\N,\\N,\\N,\\N,\\N,\\N,\\N',
    ),
    {
      exit: 4,
      quarantine: [
        ...['anchor_id', 'ended_at', 'quality_level', 'rec_dwell_minutes', 'session_id', 'settleable', 'started_at'],
        'track',
      ].map((column) => `2 ${column} missing`),
    },
  ),
  'UTF-16 with a byte order mark': sessions(Buffer.from(`\ufeff${GOOD}`, 'utf16le'), { exit: 3, words: /UTF-16/ }),
  'UTF-16, the other order': sessions(Buffer.from(`\ufeff${GOOD}`, 'utf16le').swap16(), { exit: 3, words: /UTF-16/ }),
  'UTF-16 without a byte order mark': sessions(Buffer.from(GOOD, 'utf16le'), { exit: 3, words: /NUL byte at byte 1$/ }),
  'UTF-32': sessions(
    Buffer.from(
      [...`\ufeff${GOOD}`].flatMap((char) => {
        const at = char.codePointAt(0) as number;
        return [at & 255, (at >> 8) & 255, at >> 16, 0];
      }),
    ),
    { exit: 3 },
  ),
  'quotes around every header cell': sessions(GOOD.replace(SESSIONS_HEADER, SESSIONS_HEADER.replace(/\w+/g, '"$&"')), {
    exit: 0,
    total: '20.00',
  }),
  'a stray quote in the header': sessions(GOOD.replace('track', 'tr"ack'), {
    exit: 3,
    words: /line 1: a quote stands inside/,
  }),
  'a line break in a header cell': sessions(lines(`${SESSIONS_HEADER},"a\nb"`, `${S1},`, 's3'), {
    exit: 4,
    quarantine: ['4  ragged_row'],
    words: /a\nb/,
  }),
  'spaces around header cells': sessions(GOOD.replace(SESSIONS_HEADER, SESSIONS_HEADER.replaceAll(',', ' , ')), {
    exit: 0,
    total: '20.00',
  }),
  'the header in capitals': sessions(GOOD.replace(SESSIONS_HEADER, SESSIONS_HEADER.toUpperCase()), {
    exit: 3,
    words: /lacks the columns session_id/,
  }),
  'unknown columns of one name': sessions(
    widened(3, () => 'x', '"'.repeat(4)),
    { exit: 0, words: /^the unknown column x is ignored \(sessions.csv\)$/ },
  ),
  '2,000 columns': sessions(
    widened(2000, (at) => `x${at}`, '1'),
    { exit: 0, total: '20.00' },
  ),
  '2,000 columns of one name, and quotes': sessions(
    widened(2000, () => 'x', '"1"'),
    { exit: 0, total: '20.00' },
  ),
  ...Object.fromEntries(
    [189, 190, 191].map((more) => [
      `${more + 10} columns`,
      sessions(
        widened(more, (at) => `x${at}`, '1'),
        { exit: 0, total: '20.00' },
      ),
    ]),
  ),
  'a unit separator in an unknown column': sessions(lines(`${SESSIONS_HEADER},x`, `${S1},a\x1fb`, `${S2},`), {
    exit: 0,
    total: '20.00',
  }),
  'a unit separator in a known column': sessions(GOOD.replace('文化', '文\x1f化'), {
    exit: 4,
    quarantine: ['2 track bad_value'],
  }),
  'a unit separator at the end of a line, and CR LF': {
    files: { 'agencies.csv': 'agency_id,name\r\ng1,one\r\ng2,\x1f\r\ng3,\r\n' },
    exit: 4,
    quarantine: ['3 name bad_value'],
  },
  'a unit separator at the end of a line': {
    files: { 'agencies.csv': 'agency_id,name\ng1,one\ng2,\x1f\ng3,\n' },
    exit: 4,
    quarantine: ['3 name bad_value'],
  },
  'a unit separator at both ends of a line': sessions(lines(SESSIONS_HEADER, `\x1f${S1}\x1f`, S2), {
    exit: 4,
    quarantine: ['2 scarcity_index bad_number', '2 session_id bad_id'],
  }),
  'a unit separator in the header': sessions(lines(`${SESSIONS_HEADER},x\x1fy`, `${S1},1`, `${S2},2`), {
    exit: 0,
    total: '20.00',
  }),
  'a time without end': sessions(GOOD.replace('2023-11-06 20:00:00', '           infinity'), {
    exit: 4,
    quarantine: ['3 started_at bad_time'],
  }),
  'a time before Christ': sessions(GOOD.replace('2023-11-06 20:00:00', '2023-11-06 20 (BC)'), {
    exit: 4,
    quarantine: ['3 started_at bad_time'],
  }),
  '1 column': sessions('session_id\ns1\n', { exit: 3, words: /lacks the columns anchor_id/ }),
  '1 column, which is enough': {
    files: { 'agencies.csv': 'agency_id\ng1\n \n\n"g2"\n""\n' },
    exit: 0,
  },
  '1 column, and CR LF': {
    files: { 'agencies.csv': 'agency_id\r\ng1\r\n \r\ng2\r\n' },
    exit: 0,
  },
  'a ragged line among those that end in CR LF': sessions(
    lines(SESSIONS_HEADER, S1, 's', S2).replaceAll('\n', '\r\n'),
    {
      exit: 4,
      quarantine: ['3  ragged_row'],
      accounting: { rows_read: 3, settled: 2, quarantined: 1 },
    },
  ),
};

variations(
  Object.entries(SHAPES),
  0,
  9,
  23,
  41,
)(
  '%s',
  async (_what, hostile) => {
    await survive(hostile);
  },
  60_000 + LINES / 5,
);

/** Names that statements, tables and the reader itself use. */
const INTERNAL = [
  '"""; DROP TABLE session_row; --"',
  "'; DROP TABLE session_row; --",
  'file_index',
  'file_no',
  'file_row_number',
  'filename',
  'line',
  'c0',
  'c1',
  'rowid',
  'started_at_read',
  'ended_at_read',
  'sound',
  'h',
  'conflicting',
  'first_line',
  'column0',
  'cell',
  'key',
  'Session_ID',
  'SELECT',
  '*',
  '%',
  '$x{}',
  '__proto__',
  'constructor',
  'toString',
  'nickname',
  'agency_id',
  '主播昵称',
];

variations(
  [
    ['plain', '7'],
    ['quoted', '"7"'],
  ],
  0,
  9,
  23,
  41,
)('unknown columns with names of the program’s own, %s', async (_how, cell) => {
  const header = `${INTERNAL.join(',')},${SESSIONS_HEADER}`;
  const row = (line: string): string => `${INTERNAL.map(() => cell).join(',')},${line}`;
  const { manifest } = await survive(
    sessions(lines(header, row(S1), row(S2), row(S1)), { exit: 0, total: '20.00', accounting: { collapsed: 1 } }),
  );
  expect(manifest?.warnings).toHaveLength(INTERNAL.length);
});
