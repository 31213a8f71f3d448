import { expect, test } from 'vitest';
import { DEEP } from '../support/deep.js';
import { anchorsCsv, CLEAN_MONTH, SESSIONS_HEADER, sessionLine, sessionsCsv } from '../support/exports.js';
import { type Line, Place, plain, told } from '../support/notice-place.js';

/** What the settled rows tell, through whole runs: each notice where it is raised, and where it just isn't. The cases of its room have the rest. */

const ANCHORS = { 'anchors.csv': anchorsCsv('a1', 'a2') };
const lines = (...all: string[]): string => `${all.join('\n')}\n`;
const penalties = (...rows: string[]): string =>
  lines('penalty_id,anchor_id,agency_id,session_id,kind,penalized_at', ...rows);
const session = (id: string, from: string, to: string, anchor = 'a1'): string =>
  sessionLine({ id, anchor }).replace('2023-11-05 20:00:00', from).replace('2023-11-05 21:00:00', to);
const sessions = (...rows: string[]): Record<string, string> => ({
  ...ANCHORS,
  'sessions.csv': lines(SESSIONS_HEADER, ...rows),
});
const attention = (subject: string, count: number | '', value = '', file = ''): Omit<Line, 'code' | 'message'> => ({
  severity: 'attention',
  file,
  subject,
  count: String(count),
  value,
});

test('a clean month raises none but days without sessions and columns that none of its files has', async () => {
  const { notices, manifest } = await new Place().settle(CLEAN_MONTH, { warehouse: ':memory:' });
  const others = notices.filter(({ code }) => code !== 'day_without_sessions');
  expect(others.filter(({ code, severity }) => code !== 'column_absent' || severity !== 'info')).toEqual([]);
  expect(manifest.notices).toEqual({ attention: 28, info: others.length });
});

test('file_all_out: every row of a file is quarantined', DEEP, async () => {
  const bad = sessionLine({ id: 's8' }).replace(',Y,', ',X,');
  const out = await told('file_all_out', {
    ...CLEAN_MONTH,
    'sessions-2.csv': lines(SESSIONS_HEADER, bad, bad.replace('s8', 's9')),
  });
  expect(plain(out)).toEqual([attention('', 2, '', 'sessions-2.csv')]);
  const one = lines(SESSIONS_HEADER, bad, sessionLine({ id: 's9' }));
  expect(await told('file_all_out', { ...CLEAN_MONTH, 'sessions-2.csv': one })).toEqual([]);
  const otherMonth = bad.replaceAll('2023-11-05', '2023-10-05');
  expect(await told('file_all_out', { ...CLEAN_MONTH, 'sessions-2.csv': lines(SESSIONS_HEADER, otherMonth) })).toEqual(
    [],
  );
});

test('copy_supersedes: an old copy beside the original, and a correction beside it', DEEP, async () => {
  const copy = await told('copy_supersedes', { ...CLEAN_MONTH, 'sessions - 副本.csv': sessionsCsv({ id: 's1' }) });
  expect(plain(copy)).toEqual([attention('', '', '', 'sessions - 副本.csv')]);
  expect(await told('copy_supersedes', { ...CLEAN_MONTH, 'sessions - 副本.csv': sessionsCsv({ id: 's9' }) })).toEqual(
    [],
  );
  expect(await told('copy_supersedes', { ...CLEAN_MONTH, 'sessions-fix.csv': sessionsCsv({ id: 's1' }) })).toEqual([]);
});

test('copy_supersedes: an original that was loaded again, of any kind', DEEP, async () => {
  const place = new Place();
  await place.settle({ ...CLEAN_MONTH, 'anchors_copy.csv': anchorsCsv('a1') });
  const { notices } = await place.settle({ 'anchors.csv': anchorsCsv('a1', 'a2', 'a3') });
  const [told, ...others] = notices.filter(({ code }) => code === 'copy_supersedes');
  expect(others).toEqual([]);
  expect(told).toMatchObject({
    file: 'anchors_copy.csv',
    message: expect.stringContaining('is superseded in 1 row by it'),
  });
});

test('session_other_anchor: an id that another anchor has too', DEEP, async () => {
  const files = { ...CLEAN_MONTH, 'sessions-2.csv': sessionsCsv({ id: 's1', anchor: 'a2' }) };
  expect(plain(await told('session_other_anchor', files))).toEqual([attention('s1', '', 'a1;a2')]);
  const same = { ...CLEAN_MONTH, 'sessions-2.csv': sessionsCsv({ id: 's1', dwell: '1.00' }) };
  expect(await told('session_other_anchor', same)).toEqual([]);
});

test('sessions_overlap: to the second', DEEP, async () => {
  const first = session('s1', '2023-11-05 20:00:00', '2023-11-05 21:00:00');
  const from = (time: string): string => session('s2', time, '2023-11-05 22:00:00');
  expect(plain(await told('sessions_overlap', sessions(from('2023-11-05 20:59:59'), first)))).toEqual([
    attention('a1', 1, 's1;s2'),
  ]);
  expect(await told('sessions_overlap', sessions(from('2023-11-05 21:00:00'), first))).toEqual([]);
  expect(await told('sessions_overlap', sessions(from('2023-11-05 20:59:59').replace(',Y,', ',N,'), first))).toEqual(
    [],
  );
});

test('day_too_long: to the second', DEEP, async () => {
  const night = session('s1', '2023-11-04 20:00:00', '2023-11-05 10:00:00');
  const rest = (to: string): string => session('s2', '2023-11-05 10:00:00', to);
  const two = (to: string): Promise<Line[]> => told('day_too_long', sessions(night, rest(to)));
  expect(await two('2023-11-05 20:00:00')).toEqual([]);
  expect(plain(await two('2023-11-05 20:00:01'))).toEqual([attention('a1;2023-11-05', 86_401)]);
});

test('kind_unknown, agency_unknown and session_unknown: penalties that hit nothing', DEEP, async () => {
  const files = {
    ...CLEAN_MONTH,
    'penalties.csv': penalties(
      'p1,a1,,,Vulgar,2023-11-05 09:00:00',
      'p2,a1,,,Vulgar,2023-11-06 09:00:00',
      'p3,,M9,,agency_clustering,2023-11-06 09:00:00',
      'p4,a1,,s9,idle,2023-11-06 09:00:00',
      'p5,a1,,s1,idle,2023-11-06 09:00:00',
    ),
  };
  const { notices } = await new Place().settle(files, { warehouse: ':memory:' });
  const of = (code: string) => plain(notices.filter((notice) => notice.code === code));
  expect(of('kind_unknown')).toEqual([attention('Vulgar', 2)]);
  expect(of('agency_unknown')).toEqual([attention('M9', 1)]);
  expect(of('session_unknown')).toEqual([{ ...attention('s9', 1), severity: 'info' }]);
});

test('account_kind_unknown: another kind is good to know, a misspelt one asks for attention', async () => {
  const files = {
    ...CLEAN_MONTH,
    'anchors.csv': anchorsCsv('a1', 'a2', 'a3').replace('a1,content', 'a1,shop').replace('a2,content', 'a2,内容型账号'),
  };
  expect(plain(await told('account_kind_unknown', files))).toEqual([
    { ...attention('shop', 1), severity: 'info' },
    attention('内容型账号', 1),
  ]);
});

test('index_overdue and track_unused: an old index in use, and a new one that nobody uses', DEEP, async () => {
  const bare = (day: string): string => sessionLine({ id: 's1', day }).replace(/,1\.000$/, ',');
  const table = (...rows: string[]): string => lines('track,effective_from,scarcity_index', ...rows);
  const month = async (day: string): Promise<Line[]> => {
    const scarcity = table('文化,2023-11-01,1.0', '文 化,2023-11-11,2.0');
    const { notices } = await new Place().settle(
      { ...sessions(bare(day)), 'scarcity.csv': scarcity },
      { warehouse: ':memory:' },
    );
    return notices.filter(({ code }) => /index_overdue|track_unused/.test(code));
  };
  expect(plain(await month('2023-11-10'))).toEqual([{ ...attention('文 化', ''), severity: 'info' }]);
  expect(plain(await month('2023-11-11'))).toEqual([attention('文化', 1), attention('文 化', '')]);
});
