import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { NOTICE_CODES } from '../../src/notices/codes.js';
import { sqlFile, sqlFilesIn } from '../../src/program/sql-files.js';
import { LISTED_NOTICES } from '../support/listed-notices.js';

/** The codes that people are told of are the contract's, and those of rows and loads have a room each. */

/** Contract, "Notices", in the order of its table. */
const CONTRACT = [
  'day_without_sessions',
  'file_shrank',
  'file_all_out',
  'file_ignored',
  'last_line_open',
  'column_like',
  'column_absent',
  'times_without_seconds',
  'encoding_doubtful',
  'id_rounded',
  'id_point_zero',
  'null_word',
  'copy_supersedes',
  'session_other_anchor',
  'sessions_overlap',
  'day_too_long',
  'kind_unknown',
  'account_kind_unknown',
  'agency_unknown',
  'session_unknown',
  'track_unused',
  'index_overdue',
  'title_rows',
  'other_sheets',
  'int96_read',
  'read_by_older',
  'overdue_export',
  'policy_missing',
  'policy_changed',
  'agency_changed',
  'day_without_policy',
];
const PLACE = [
  'file_ignored',
  'overdue_export',
  'policy_missing',
  'policy_changed',
  'agency_changed',
  'day_without_policy',
  'feed_stale',
  'ineligible_ignored',
];

const ROOMS = new Map(
  ['notices', 'content-incentive/notices']
    .flatMap(sqlFilesIn)
    .map((path): [string, string] => [basename(path, '.sql'), path])
    .filter(([name]) => name !== 'all_notices' && name !== 'file_notice'),
);
const rooms = [...ROOMS.keys()].sort();

/** What the contract leaves to the program: it fixes no list of what else may be told. */
const BESIDES = [
  ...[
    'correction_undone',
    'formulas_zero',
    'cells_merged',
    'dates_with_z',
    'control_differs',
    'control_missing',
    'control_lacks',
    'feed_stale',
    'ineligible_ignored',
    'ineligible_no_session',
  ],
];

test('every code of the contract is known, and besides them those alone that stand here', () => {
  const told = Object.keys(NOTICE_CODES).filter((code) => !LISTED_NOTICES.includes(code));
  expect(told.filter((code) => !BESIDES.includes(code))).toEqual(CONTRACT);
  expect(told.filter((code) => BESIDES.includes(code)).sort()).toEqual([...BESIDES].sort());
  expect(LISTED_NOTICES.length).toBeGreaterThan(0);
});

test('notices of the place are those that the contract calls so', () => {
  expect([...CONTRACT, ...BESIDES].filter((code) => NOTICE_CODES[code]?.scope === 'place')).toEqual(PLACE);
});

test('every code of rows and loads has a room, and every room a code', () => {
  expect(rooms).toEqual([...CONTRACT, ...BESIDES].filter((code) => !PLACE.includes(code)).sort());
});

test.each(rooms)('%s has in its room the severity that people are told', (code) => {
  const said = /SELECT '\w+' AS code, (.*?) AS severity/.exec(sqlFile(ROOMS.get(code) as string))?.[1] ?? '';
  const severity = NOTICE_CODES[code]?.severity as string;
  // Where something makes it graver, the room says when.
  if (said.startsWith('CASE'))
    expect([severity, said]).toEqual(['info', expect.stringMatching(/'info'.*'attention'|'attention'.*'info'/)]);
  else expect(said).toBe(`'${severity}'`);
});

test.each(Object.entries(NOTICE_CODES))('%s says in one sentence what to do', (_, { fix }) => {
  expect(fix).toMatch(/^[A-Z][^\n]{10,120}\.$/);
});
