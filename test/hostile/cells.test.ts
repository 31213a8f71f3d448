import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { DEEP, variations } from '../support/deep.js';
import { SESSIONS_HEADER, sessionLine, sessionsCsv } from '../support/exports.js';
import { SAMPLE_POLICY } from '../support/workspace.js';
import { type Files, survive } from './survive.js';

// @module-tag deep

/** Cells that are hostile: ids, names, times, numbers. Many of one kind stand in one export, and each is looked at. */

const lines = (...all: string[]): string => `${all.join('\n')}\n`;
const csv = (file: string, runDir: string): Record<string, string>[] =>
  parse(readFileSync(join(runDir, file)), { columns: true }) as Record<string, string>[];
const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

variations([
  ['=x', '=x', '10.00'],
  ['=x', "'=x", '0.00'],
  ["'=x", '=x', '0.00'],
  ['@机构号', '@机构号', '10.00'],
])(
  'an account kind like a formula decides as it is written: %s where the policy says %s',
  async (kind, wanted, total) => {
    const policy = readFileSync(SAMPLE_POLICY, 'utf8').replace('[content]', `["${wanted}"]`);
    await survive({
      files: {
        'anchors.csv': lines('anchor_id,account_kind,first_live_on', `a1,${kind},2023-03-01`),
        'sessions.csv': sessionsCsv({ id: 's1' }),
      },
      policy,
      exit: 0,
      total,
    });
  },
);

/** Ids that are ids, however they look. */
const IDS = [
  '1234567890123456789',
  '9223372036854775808',
  '00',
  '0',
  '1e5',
  '0x1F',
  '-'.padStart(2, 'a'),
  'a..b',
  'a.',
  'a...',
  'CON',
  'con',
  'NUL.txt',
  'COM1',
  'A1',
  'a1',
  'null',
  'NULL',
  'true',
  'NaN',
  'Infinity',
  'anchors',
  '__proto__'.replace(/^_+/, ''),
  'constructor',
  'toString',
  'hasOwnProperty',
  'x'.repeat(64),
  'csv',
  '1.csv',
  '_independent'.slice(1),
  '2023-11-05',
  '1.0',
  '01',
  '1',
];
/** Cells that are none. */
const NO_IDS = [
  'x'.repeat(65),
  '.a',
  '-a',
  '_a',
  '_independent',
  '..',
  '.',
  '../x',
  '/etc/passwd',
  'a/b',
  'a\\b',
  'a b',
  'a;b',
  "a'b",
  'a"b',
  'a,b',
  '１',
  'а1',
  'a\u200b',
  '\u202ea',
  'é',
  '=1',
  '+1',
  '@x',
  "'; DROP TABLE session_row; --",
  '%s',
  '$(id)',
  'a\u0301',
  '\u0000'.replace('\0', '\u0001'),
  'a\nb',
  'a\rb',
  'a\tb',
  '😀',
  '__proto__',
];

test(
  'ids of every kind, as anchors, agencies and sessions: each has its statement, none another one’s',
  DEEP,
  async () => {
    const agencies = ['', 'G', 'g', ...IDS];
    const anchors = IDS.map((id, at) => `${id},n${at},content,2023-03-01,${agencies[at % agencies.length]}`);
    const files: Files = {
      'anchors.csv': lines('anchor_id,nickname,account_kind,first_live_on,agency_id', ...anchors),
      'sessions.csv': sessionsCsv(...IDS.map((id, at) => ({ id, anchor: id, dwell: `${at + 1}00.00` }))),
    };
    const { runDir } = await survive({ files, exit: 0 });
    const settled = csv('settlement.csv', runDir);
    expect(settled.map(({ anchor_id }) => anchor_id)).toEqual([...IDS].sort());
    for (const [at, id] of IDS.entries()) {
      const path = join(runDir, 'anchors', agencies[at % agencies.length] || '_independent', `${id}.csv`);
      expect(readFileSync(path, 'utf8')).toMatch(new RegExp(`^total,+${at + 1}.00,$`, 'm'));
    }
  },
);

test('ids that are none: every one is quarantined, and makes no path', async () => {
  const files: Files = {
    'agencies.csv': lines('agency_id', ...NO_IDS.map(quoted)),
    'anchors.csv': lines(
      'anchor_id,account_kind,first_live_on,agency_id',
      'a1,content,2023-03-01,',
      ...NO_IDS.map((id) => `${quoted(id)},content,2023-03-01,`),
      ...NO_IDS.map((id, at) => `b${at},content,2023-03-01,${quoted(id)}`),
    ),
    'sessions.csv': lines(
      SESSIONS_HEADER,
      sessionLine({ id: 's1' }),
      ...NO_IDS.map((id) => sessionLine({ id: quoted(id) })),
    ),
  };
  const { runDir, manifest } = await survive({ files, exit: 4, total: '10.00' });
  expect(manifest?.inputs.map(({ quarantined }) => quarantined)).toEqual(
    [1, 2, 1].map((times) => times * NO_IDS.length),
  );
  const values = csv('quarantine.csv', runDir)
    .filter(({ file, code }) => file === 'sessions.csv' && code === 'bad_id')
    .map(({ value }) => value);
  const shown = (id: string): string => (/^[=+\-@\t\r\n]/.test(id) ? `'${id}` : id);
  expect(values).toEqual(NO_IDS.map((id) => shown(id)));
  expect(existsSync(join(runDir, '..', 'x.csv'))).toBe(false);
});

/** Written down it can't be told from a guarded formula, so that a list sorted by it looks unsorted. */
const AMBIGUOUS = "'=1";

/** Texts that a spreadsheet, a terminal or a statement would take for something else. */
const TEXTS = [
  '=1+1',
  '=HYPERLINK("http://x.example","y")',
  '+1',
  '-1',
  '@SUM(A1)',
  "=cmd|' /C calc'!A0",
  AMBIGUOUS,
  "';DROP TABLE session_row;--",
  "' OR 1=1 --",
  '"',
  '""',
  ',',
  '",",',
  '--',
  '/*',
  '\\',
  '\\n',
  'NULL',
  'null',
  '\u202e\u2066abc',
  'a\u200bb',
  '\u200d',
  '\u2028',
  '\ufeffx',
  '\u00a0',
  '\u3000',
  '👩‍👩‍👧‍👦',
  '🇨🇳',
  '𠮷野家',
  'e\u0301',
  'é',
  '<script>alert(1)</script>',
  '%s%n',
  '$x{}',
  '{{x}}',
  '$1',
  '\ud7ff\ue000',
  '\uffff',
];

test('texts of every kind in nickname and track come out as they are, but for formulas', async () => {
  const files: Files = {
    'anchors.csv': lines(
      'anchor_id,nickname,account_kind,first_live_on',
      ...TEXTS.map((text, at) => `a${at},${quoted(text)},content,2023-03-01`),
    ),
    'sessions.csv': lines(
      SESSIONS_HEADER,
      ...TEXTS.map((text, at) => sessionLine({ id: `s${at}`, anchor: `a${at}` }).replace('文化', quoted(text))),
    ),
    'scarcity.csv': lines(
      'track,effective_from,scarcity_index',
      ...TEXTS.filter((text) => text !== AMBIGUOUS).map((text) => `${quoted(text)},2023-11-01,1`),
    ),
  };
  const { runDir } = await survive({ files, exit: 0, total: `${TEXTS.length}0.00` });
  const guarded = (text: string): string => (/^[=+\-@]/.test(text) ? `'${text}` : text);
  const nicknames = new Map(csv('settlement.csv', runDir).map((row) => [row.anchor_id, row.nickname]));
  const tracks = new Map(csv('sessions.csv', runDir).map((row) => [row.anchor_id, row.track]));
  for (const [at, text] of TEXTS.entries()) {
    expect([at, nicknames.get(`a${at}`), tracks.get(`a${at}`)]).toEqual([at, guarded(text), guarded(text)]);
  }
});

test(
  'texts with control characters, and too long ones, are quarantined; a character is a code point',
  DEEP,
  async () => {
    const bad = [
      'a\nb',
      'a\r\nb',
      'a\rb',
      'a\tb',
      'a\u0007b',
      '\u001b[31m',
      'a\u0085b',
      '\u007f',
      '😀'.repeat(65),
      'é'.repeat(65),
    ];
    const good = ['😀'.repeat(64), '文'.repeat(64), 'e\u0301'.repeat(32)];
    const texts = [...bad, ...good];
    const files: Files = {
      'anchors.csv': lines('anchor_id,account_kind,first_live_on', 'a1,content,2023-03-01'),
      'sessions.csv': lines(
        SESSIONS_HEADER,
        ...texts.map((text, at) => sessionLine({ id: `s${at}` }).replace('文化', quoted(text))),
      ),
    };
    const { runDir } = await survive({ files, exit: 4, accounting: { quarantined: bad.length, settled: good.length } });
    const values = csv('quarantine.csv', runDir).map(({ code, value }) => [code, value]);
    expect(values).toEqual(bad.map((text) => ['bad_value', [...text].slice(0, 80).join('')]));
  },
);

const ZEROS = '0'.repeat(10_000);
const NINES = '9'.repeat(10_000);

/** Column → cell → the codes of its faults, or with `=` what the cell is read as. */
const NUMBERS: [column: string, cell: string, outcome: string][] = [
  ...['rec_dwell_minutes', 'unit_price', 'scarcity_index', 'quality_level', 'effective_seconds'].flatMap(
    (column): [string, string, string][] => [
      [column, NINES, column === 'effective_seconds' ? 'effective_exceeds_duration' : 'out_of_range'],
      [column, `-${NINES}`, 'out_of_range'],
      [column, `1.${NINES}`, /level|seconds/.test(column) ? 'bad_number' : 'too_precise'],
      [column, `${NINES}.${NINES}`, /level|seconds/.test(column) ? 'bad_number' : 'out_of_range too_precise'],
      [column, `${ZEROS}1`, '=1'],
      ...[
        '1e3',
        '+1',
        '1,0',
        '1_0',
        '.5',
        '5.',
        '1..0',
        '0x1',
        '１',
        '1 0',
        'NaN',
        'Infinity',
        '-',
        '--1',
        '1-',
        '٣',
        '1\u00a0',
        '∞',
        '½',
        '1%',
        '¥1',
        '(1)',
      ].map((cell): [string, string, string] => [column, cell, 'bad_number']),
    ],
  ),
  ...(['rec_dwell_minutes', 'unit_price', 'scarcity_index'] as const).map((column): [string, string, string] => [
    column,
    `${ZEROS}1.${ZEROS}`,
    '=1',
  ]),
  ['rec_dwell_minutes', '9999999999999.99', '=9999999999999.99'],
  ['rec_dwell_minutes', '10000000000000', 'out_of_range'],
  ['rec_dwell_minutes', '0.001', 'too_precise'],
  ['rec_dwell_minutes', '-0', 'out_of_range'],
  ['rec_dwell_minutes', '-0.001', 'out_of_range too_precise'],
  ['unit_price', '999999.999999', '=999999.999999'],
  ['scarcity_index', '9999.999', '=9999.999'],
  ['quality_level', '0', 'out_of_range'],
  ['quality_level', '99', '=99'],
  ['quality_level', '100', 'out_of_range'],
  ['effective_seconds', '3600', '=3600'],
  ['effective_seconds', '3601', 'effective_exceeds_duration'],
  ['effective_seconds', '9223372036854775808', 'effective_exceeds_duration'],
];
const DECIMALS: Record<string, number> = { rec_dwell_minutes: 2, unit_price: 6, scarcity_index: 3 };

/** A session's line with a cell of its own. */
function withCell(id: string, column: string, cell: string): string {
  const header = `${SESSIONS_HEADER},effective_seconds`.split(',');
  const cells = `${sessionLine({ id })},`.split(',');
  return cells.map((old, at) => (header[at] === column ? quoted(cell) : old)).join(',');
}

test('numbers of every kind', async () => {
  const files: Files = {
    'anchors.csv': lines('anchor_id,account_kind,first_live_on', 'a1,content,2023-03-01'),
    'sessions.csv': lines(
      `${SESSIONS_HEADER},effective_seconds`,
      ...NUMBERS.map(([column, cell], at) => withCell(`s${at}`, column, cell)),
    ),
  };
  const { runDir } = await survive({ files, exit: 4 });
  const found = csv('quarantine.csv', runDir);
  const read = new Map(csv('sessions.csv', runDir).map((row) => [row.session_id, row]));
  for (const [at, [column, cell, outcome]] of NUMBERS.entries()) {
    const what = [at, column, cell.slice(0, 20)];
    const value = read.get(`s${at}`)?.[column];
    const codes = found.filter(({ line }) => line === String(at + 2)).map(({ code }) => code);
    const [whole, fraction = ''] = outcome.slice(1).split('.');
    const places = DECIMALS[column];
    const shown = places === undefined ? whole : `${whole}.${fraction.padEnd(places, '0')}`;
    expect([...what, codes.join(' '), value]).toEqual([
      ...what,
      ...(outcome.startsWith('=') ? ['', shown] : [outcome, undefined]),
    ]);
  }
});

/** Ends of a session and the Beijing time that each is read as; undefined where it is none. */
const TIMES: [cell: string, read: string | undefined][] = [
  ['2000-02-29 00:00:00', '2000-02-29 00:00:00'],
  ['2100-02-28 00:00:00', undefined],
  ['2100-02-29 00:00:00', undefined],
  ['2023-02-29 00:00:00', undefined],
  ['2024-02-29 23:59:59', '2024-02-29 23:59:59'],
  ['1999-12-31 23:59:59', undefined],
  ['2000-01-01 00:00:00', '2000-01-01 00:00:00'],
  ['1999-12-31T16:00:00Z', undefined],
  ['2000-01-01T00:00:00+08:00', '2000-01-01 00:00:00'],
  ['2000-01-01T00:00:00+08:01', undefined],
  ['2000-01-01 00:00Z', '2000-01-01 08:00:00'],
  ['2099-12-31 23:59:59', '2099-12-31 23:59:59'],
  ['2099-12-31T16:00:00Z', undefined],
  ['2099-12-31T15:59:59Z', '2099-12-31 23:59:59'],
  ['2099-12-31 23:59:59-00:01', undefined],
  ['2023/11/05 22:00', '2023-11-05 22:00:00'],
  ['2023/11-05 22:00', undefined],
  ['2023-11-05 24:00:00', undefined],
  ['2023-11-05 23:59:60', undefined],
  ['2023-11-05 22:60:00', undefined],
  ['2023-11-05 22:00:00.0', '2023-11-05 22:00:00'],
  ['2023-11-05 22:00:00.000000000', '2023-11-05 22:00:00'],
  ['2023-11-05 22:00:00.0000000000', undefined],
  ['2023-11-05 22:00:00.000000001', undefined],
  ['2023-11-05 22:00:00.', undefined],
  ['2023-11-05 22:00.0', undefined],
  ['2023/11/5 9:05', '2023-11-05 09:05:00'],
  ['2023/1/5 9:05+08:00', '2023-01-05 09:05:00'],
  ['2023-1-5T9:05:07-0030', '2023-01-05 17:35:07'],
  ['2023-11-5 9:05:00+08', '2023-11-05 09:05:00'],
  ['2023-11-05 10:00+08', '2023-11-05 10:00:00'],
  ['2023-11-05 9:5', undefined],
  ['2023-11-05 009:05', undefined],
  ['2023-011-05 09:05', undefined],
  ['2023-2-29 9:05', undefined],
  ['2023-0-5 9:05', undefined],
  ['2023-11-05  22:00:00', undefined],
  ['2023-11-05t22:00:00', undefined],
  ['2023-11-05T22:00:00z', undefined],
  ['2023-11-05 22:00:00+0800', '2023-11-05 22:00:00'],
  ['2023-11-05 22:00:00+8', undefined],
  ['2023-11-05 22:00:00+080', undefined],
  ['2023-11-05 22:00:00+2400', undefined],
  ['2023-11-05 22:00:00.000Z', '2023-11-06 06:00:00'],
  ['2023-11-05 22:00:00+24:00', undefined],
  ['2023-11-05 00:00:00-23:59', '2023-11-06 07:59:00'],
  ['2023-11-05 22:00:00 +08:00', undefined],
  ['2023-11-05', undefined],
  ['20231105220000', undefined],
  ['1699192800', undefined],
  ['２０23-11-05 22:00:00', undefined],
  ['2023-00-05 22:00:00', undefined],
  ['2023-13-05 22:00:00', undefined],
  ['2023-11-00 22:00:00', undefined],
  ['2023-11-31 22:00:00', undefined],
  ['infinity', undefined],
  ['epoch', undefined],
  ['now', undefined],
  ['2023-11-05 22:00:00 BC', undefined],
];

test('times at the bounds of what a time is', DEEP, async () => {
  const row = (cell: string, at: number): string =>
    sessionLine({ id: `s${at}`, day: '2000-01-01' })
      .replace('2000-01-01 20:00:00', '2000-01-01 00:00:00')
      .replace('2000-01-01 21:00:00', cell);
  const files: Files = {
    'anchors.csv': lines('anchor_id,account_kind,first_live_on', 'a1,content,2023-03-01'),
    'sessions.csv': lines(SESSIONS_HEADER, ...TIMES.map(([cell], at) => row(cell, at))),
  };
  const { runDir, manifest } = await survive({ files, exit: 4 });
  const bad = csv('quarantine.csv', runDir).map(({ line, column, code }) => `${line} ${column} ${code}`);
  expect(bad).toEqual(TIMES.flatMap(([, read], at) => (read === undefined ? [`${at + 2} ended_at bad_time`] : [])));
  const within = TIMES.flatMap(([, read]) => (read?.startsWith('2023-11') ? [read] : []));
  expect(
    csv('sessions.csv', runDir)
      .map(({ ended_at }) => ended_at)
      .sort(),
  ).toEqual(within.sort());
  expect(manifest?.accounting.outside_period).toBe(TIMES.length - bad.length - within.length);
});
