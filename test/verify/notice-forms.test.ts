import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import { buildRun, fromCsv, read, readManifest, remove, sealRun, toCsv, writeSealed } from '../support/case-run.js';
import { DEEP } from '../support/deep.js';

/** The lines that a folder can't show by itself: each code's cells have their form all the same. */

let run = '';
let sound: Buffer;
let header: string[] = [];
let own: string[][] = [];
beforeAll(() => {
  run = buildRun('43-names-in-any-case');
  sound = readFileSync(join(run, 'manifest.json'));
  [header = [], ...own] = fromCsv(read(join(run, 'notices.csv')));
});
afterAll(() => remove(run));

const key = ([code, , file, subject, , value]: string[]): Buffer =>
  Buffer.from([code, file, subject, value].join('\0'));

/** The columns of notices.csv in which something differs once lines are added to those that belong there. */
async function columnsWith(...more: string[][]): Promise<string[]> {
  writeFileSync(join(run, 'manifest.json'), sound);
  const rows = [...own, ...more].sort((a, b) => Buffer.compare(key(a), key(b)));
  writeFileSync(join(run, 'notices.csv'), toCsv([header, ...rows]));
  sealRun(run);
  const { differences } = await verifyRun(run);
  expect(differences.filter(({ file }) => file !== 'notices.csv')).toEqual([]);
  expect(differences.map(({ clause }) => clause).filter((clause) => clause !== 'contract')).toEqual([]);
  return differences.map(({ column }) => column || 'line');
}

const SESSIONS = 'SESSIONS-1.csv';
const GZIP = 'sessions-2.CSV.GZ';
const ANCHORS = 'Anchors.CSV';
const BOTH = ['attention', 'info'];
const ATTENTION = ['attention'];

/** By code: severities, and a sound line's file, subject, count and value. */
const LINES: [code: string, severities: string[], ...cells: [string, string, string, string]][] = [
  ['file_shrank', ATTENTION, SESSIONS, '', '61', ''],
  ['last_line_open', ATTENTION, GZIP, '', '', '1.00'],
  ['last_line_open', ATTENTION, SESSIONS, '', '', ''],
  ['column_like', ATTENTION, ANCHORS, 'compliance_code', '', '合规安全码（红黄绿）'],
  ['column_absent', BOTH, ANCHORS, 'person_id', '', ''],
  ['column_absent', BOTH, '', 'sessions;unit_price', '', ''],
  ['times_without_seconds', ATTENTION, SESSIONS, '', '1', ''],
  ['id_rounded', ATTENTION, SESSIONS, 'session_id', '2', ''],
  ['id_point_zero', ATTENTION, ANCHORS, 'agency_id', '2', ''],
  ['null_word', ATTENTION, ANCHORS, 'nickname', '1', ''],
  ['copy_supersedes', ATTENTION, SESSIONS, '', '', ''],
  ['correction_undone', ATTENTION, SESSIONS, '', '2', ANCHORS],
  ['session_other_anchor', ATTENTION, '', 's01', '', 'a1;a2'],
  ['kind_unknown', ATTENTION, '', 'Vulgar', '3', ''],
  ['account_kind_unknown', BOTH, '', 'shop', '3', ''],
  ['agency_unknown', ATTENTION, '', '12.0', '1', ''],
  ['session_unknown', ['info'], '', 's99', '1', ''],
  ['track_unused', BOTH, '', '=1+1', '', ''],
  ['index_overdue', ATTENTION, '', '茶 叶', '2', ''],
];

/** Codes whose subject may be any text: the contract guards no subject. */
const NAMED_FREELY = ['account_kind_unknown', 'track_unused', 'index_overdue'];

describe.each(LINES)('%s', (code, severities, file, subject, count, value) => {
  const line = (...changes: [column: number, text: string][]): string[] =>
    changes.reduce(
      (cells, [at, text]) => cells.with(at, text),
      [...[code, severities[0] ?? '', file, subject, count, value, 'what was seen']],
    );
  const wrong = async (at: number, ...texts: string[]): Promise<void> => {
    for (const text of texts)
      expect(await columnsWith(line([at, text])), `${header[at]} ${text}`).toContain(header[at]);
  };

  test('as the contract has it', async () => {
    for (const severity of severities) expect(await columnsWith(line([1, severity]))).toEqual([]);
  });

  test('another severity', DEEP, () => wrong(1, ...[...BOTH, '', 'Info'].filter((one) => !severities.includes(one))));

  test('another file', async () => {
    // A blank one goes with another subject, where a line of a kind is possible.
    if (code === 'column_absent')
      expect(await columnsWith(line([2, file === '' ? SESSIONS : '']))).toEqual(['subject']);
    else await wrong(2, file === '' ? SESSIONS : '');
    await wrong(2, 'sessions-9.csv');
  });

  test('another subject', () =>
    wrong(
      3,
      ...(subject === '' ? ['x'] : ['', ' x ']),
      ...(subject === '' || NAMED_FREELY.includes(code) ? [] : ['=x']),
      ...(file !== '' && subject !== '' ? ['settleable'] : []),
    ));

  test('another count', DEEP, () => wrong(4, ...(count === '' ? ['1'] : ['', '0', '-1', '1.0', '01', 'x'])));

  test('another value', async () => {
    await wrong(5, '=x');
    if (value === '' && code !== 'last_line_open') await wrong(5, 'x');
    if (code === 'column_like') await wrong(5, '', ' ');
    if (code === 'session_other_anchor') await wrong(5, '', 'a1', 'a1;a1', 'a1;a2;a3');
  });

  test('another message', DEEP, () => wrong(6, '', ' ', '+x'));
});

test.each([
  ['id_rounded', 1, false],
  ['id_rounded', 2, true],
  ['id_point_zero', 1, false],
  ['null_word', 1, true],
  ['times_without_seconds', 0, false],
])('%s of %s cells', async (code, count, isSound) => {
  const subject = code === 'times_without_seconds' ? '' : 'session_id';
  const found = await columnsWith([code, 'attention', SESSIONS, subject, String(count), '', 'x']);
  expect(found).toEqual(isSound ? [] : ['count']);
});

test.each([
  ['times_without_seconds', ANCHORS, '', '1', ''],
  ['encoding_doubtful', SESSIONS, '', '', ''],
  ['title_rows', SESSIONS, '', '1', ''],
  ['other_sheets', SESSIONS, '', '1', ''],
  ['formulas_zero', SESSIONS, 'unit_price', '2', ''],
  ['cells_merged', SESSIONS, '', '1', ''],
  ['dates_with_z', SESSIONS, '', '1', ''],
  ['int96_read', SESSIONS, '', '', 'x;wall'],
  ['id_rounded', ANCHORS, 'session_id', '2', ''],
  ['column_absent', '', 'unit_price', '', ''],
  ['column_absent', '', 'anchors;unit_price', '', ''],
  ['column_absent', '', 'sessions;settleable', '', ''],
])('%s of %s %s', async (code, file, subject, count, value) => {
  expect(await columnsWith([code, 'attention', file, subject, count, value, 'x'])).not.toEqual([]);
});

test.each([
  'file_ignored',
  'overdue_export',
  'policy_missing',
  'policy_changed',
  'agency_changed',
  'day_without_policy',
  'feed_stale',
  'ineligible_ignored',
])('%s is of the place', async (code) =>
  expect(await columnsWith([code, 'attention', '', 'x', '', '', 'x'])).toEqual(['code']),
);

test.each(['', 'Day_without_sessions', 'toString', '__proto__', 'nonsense'])('the code %j', async (code) => {
  expect(await columnsWith([code, 'attention', '', 'x', '', '', 'x'])).toEqual(['code']);
});

test('lines of one subject are sorted by value and message, and differ', async () => {
  const line = ['column_like', 'attention', ANCHORS, 'person_id', '', 'Person', 'a'];
  expect(await columnsWith(line, line.with(5, 'person id'))).toEqual([]);
  expect(await columnsWith(line, line.with(6, 'b'))).toEqual([]);
  expect(await columnsWith(line.with(6, 'b'), line)).toEqual(['line']);
  expect(await columnsWith(line, line)).toEqual(['line']);
});

test('the rows that a load withdrew are a part of the run id', async () => {
  const line = ['file_shrank', 'attention', SESSIONS, '', '61', '', 'x'];
  expect(await columnsWith(line)).toEqual([]);
  const manifest = readManifest(run);
  const { run_id } = manifest;
  for (const other of [[...own], [...own, line.with(4, '60')]]) {
    writeFileSync(join(run, 'notices.csv'), toCsv([header, ...other.sort((a, b) => Buffer.compare(key(a), key(b)))]));
    sealRun(run);
    writeSealed(run, { ...readManifest(run), run_id });
    expect((await verifyRun(run)).differences.map((one) => one.key)).toEqual(['run_id']);
  }
});
