import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { noticesOf } from '../../src/notices/read-notices.js';
import { nightlyText } from '../../src/report/night.js';
import { summaryOf } from '../../src/report/run.js';
import { DEEP } from '../support/deep.js';
import { anchorsCsv, sessionsCsv } from '../support/exports.js';
import { LOWERED, NightPlace, policyOf } from '../support/night-place.js';
import { filesIn, SAMPLE_POLICY, settle, write } from '../support/workspace.js';

// @module-tag deep

/** The notices of the place, as nights and runs see and keep them; each notice for itself: test/place. */

const anchors = (agency: string): string =>
  `anchor_id,agency_id,account_kind,first_live_on\na1,${agency},content,2023-03-01\n`;

let place: NightPlace;
beforeEach(() => {
  place = new NightPlace().put({
    'anchors.csv': anchors('g1'),
    'sessions-10.csv': sessionsCsv({ id: 's1', day: '2023-10-05' }),
    'sessions-11.csv': sessionsCsv({ id: 's2', day: '2023-11-05' }),
  });
  onTestFinished(() => place.remove());
});

const NIGHT = '2023-11-12';
const FILE = () => join(place.out, 'notices-place.csv');
const codes = (notices: readonly { code: string; file: string; subject: string }[]): string[] =>
  notices.map(({ code, file, subject }) => `${code} ${file}${subject}`);
const inFile = (): string[] => codes(noticesOf(readFileSync(FILE(), 'utf8')));

/** October, settled to its end and closed. */
async function closedOctober(): Promise<void> {
  await place.nightly(NIGHT);
  await place.seal('content-live-2023-10', '2023-10-31');
}

test('a night without any: a header alone beside the runs, and nothing in the mail', DEEP, async () => {
  const night = await place.nightly(NIGHT);
  expect([night.exit, night.place]).toEqual([0, []]);
  expect(readFileSync(FILE(), 'utf8')).toBe('code,severity,file,subject,count,value,message\n');
  expect(nightlyText(night, (path) => path).split('\n')).toHaveLength(3);
});

test('all of them: in the answer, in the warehouse, beside the runs and in the mail; gone when they are mended', async () => {
  await closedOctober();
  rmSync(join(place.policies, 'policy-2023-10.yaml'));
  place.put({
    'anchors.csv': anchors('g2'),
    'session-3.csv': '',
    'sessions-12.csv': sessionsCsv({ id: 's3', day: '2024-02-05' }),
  });
  write(place.policies, { 'policy-2024-03.yaml': policyOf('2024-03') });
  const night = await place.nightly('2024-01-20', { expect: { sessions: 'daily', penalties: 'weekly' } });
  const all = [
    ...['agency_changed a1', 'day_without_policy 2024-02-05', 'file_ignored session-3.csv', 'overdue_export penalties'],
    ...['overdue_export sessions', 'policy_missing content-live-2023-10'],
  ];
  expect(codes(night.place)).toEqual(all);
  expect(night.place[0]).toMatchObject({ value: 'g1;g2', count: null });
  expect(night.place[1]?.count).toBe(1);
  expect(night.place[3]?.count).toBe(15); // the clock of these tests is on 5 January
  expect(await place.place()).toEqual(night.place.map(({ accepted: _accepted, new: _new, ...notice }) => notice));
  expect(night.place.every(({ accepted, new: isNew }) => !accepted && isNew)).toBe(true);
  expect(inFile()).toEqual(all);
  const mail = nightlyText(night, (path) => path);
  for (const { code, message } of night.place) expect(mail).toContain(`\n  ${code}: ${message}\n`);

  write(place.policies, { 'policy-2023-10.yaml': policyOf('2023-10'), 'policy-2024-02.yaml': policyOf('2024-02') });
  rmSync(join(place.exports, 'session-3.csv'));
  const after = await place.put({ 'anchors.csv': anchors('g1') }).nightly('2024-01-06');
  expect([after.place, await place.place(), inFile()]).toEqual([[], [], []]);
});

test('a closed period’s policy that was edited, though it be broken by that', DEEP, async () => {
  await closedOctober();
  write(place.policies, { 'policy-2023-10.yaml': `${policyOf('2023-10')}# edited\n` });
  expect(codes((await place.nightly(NIGHT)).place)).toEqual(['policy_changed content-live-2023-10']);
  write(place.policies, { 'policy-2023-10.yaml': `${policyOf('2023-10')}colour: red\n` });
  const night = await place.nightly(NIGHT);
  expect([night.exit, codes(night.place)]).toEqual([2, ['policy_changed content-live-2023-10']]);
});

test('severities that the settings lower; the mail names only what asks for a person', DEEP, async () => {
  const lowered = [...LOWERED, { code: 'file_ignored', severity: 'info', reason: 'x' }] as const;
  const night = await place.put({ 'session-3.csv': '', 'notes.txt': '' }).nightly(NIGHT, { lowered });
  expect(night.place).toMatchObject([{ severity: 'info' }, { severity: 'info' }]);
  expect(nightlyText(night, (path) => path)).toMatch(/\nignored: notes\.txt, session-3\.csv\n$/);
});

test(
  'what can’t be seen is a failure, keeps nothing else from being done, and stands as it was seen before',
  DEEP,
  async () => {
    await closedOctober();
    const closed = place.latest('content-live-2023-10', '2023-10-31') as string;
    await place.put({ 'anchors.csv': anchors('g2') }).nightly(NIGHT);
    rmSync(join(closed, 'settlement.csv'));
    const night = await place.put({ 'session-3.csv': '' }).nightly(NIGHT);
    // Nor can it be told whether October's figures are touched, for not through which agencies it was paid.
    const october = { policy: 'content-live-2023-10', exit: 1, error: { code: 'machine' } };
    expect(night).toMatchObject({ exit: 1, periods: [october, { policy: 'content-live-2023-11', exit: 0 }] });
    expect(night.failures).toContainEqual(
      expect.objectContaining({ code: 'machine', message: expect.stringMatching(/^agency_changed can't be told/) }),
    );
    expect(codes(night.place)).toEqual(['agency_changed a1', 'file_ignored session-3.csv']);
  },
);

describe('a run', () => {
  const run = (more = {}) => place.run('policy-2023-11.yaml', more);

  test('of a clean folder leaves nothing', async () => {
    expect((await run()).place).toEqual([]);
    expect(existsSync(FILE())).toBe(false);
  });

  test('sees what is no export, and keeps what the night said of the rest', DEEP, async () => {
    const night = await place.put({ 'session-3.csv': '' }).nightly('2024-01-20', { expect: { sessions: 'daily' } });
    expect(codes(night.place)).toEqual(['file_ignored session-3.csv', 'overdue_export sessions']);
    rmSync(join(place.exports, 'session-3.csv'));
    const result = await place.put({ 'notes.txt': '', '.DS_Store': '' }).run('policy-2023-11.yaml');
    const all = ['file_ignored .DS_Store', 'file_ignored notes.txt', 'overdue_export sessions'];
    expect([codes(result.place), codes(await place.place()), inFile()]).toEqual([all, all, all]);
    const text = summaryOf(result, (_, words) => words, 'x');
    expect(text).toMatch(
      /\n {2}file_ignored: notes\.txt is no export by its name.*\n {2}overdue_export: no new export of sessions/,
    );
    expect(text).toContain('\nignored: .DS_Store\n');
    for (const name of ['notes.txt', '.DS_Store']) rmSync(join(place.exports, name));
    expect(codes((await run()).place)).toEqual(['overdue_export sessions']);
    expect(inFile()).toEqual(['overdue_export sessions']);
  });

  test('loading nothing, shows what stands', DEEP, async () => {
    await place.put({ 'session-3.csv': '' }).nightly(NIGHT);
    rmSync(join(place.exports, 'session-3.csv'));
    expect(codes((await run({ knownAt: '1' })).place)).toEqual(['file_ignored session-3.csv']);
  });

  test('with a warehouse in memory, keeps what the file beside the runs says of the rest', DEEP, async () => {
    await place.put({ 'session-3.csv': '' }).nightly('2024-01-20', { expect: { sessions: 'daily' } });
    const { exports: input, out } = place;
    await settle({ policy: SAMPLE_POLICY, input: place.put({ 'notes.txt': '' }).exports, out });
    expect(inFile()).toEqual(['file_ignored notes.txt', 'file_ignored session-3.csv', 'overdue_export sessions']);
    for (const name of ['notes.txt', 'session-3.csv']) rmSync(join(input, name));
    await settle({ policy: SAMPLE_POLICY, input, out });
    expect(inFile()).toEqual(['overdue_export sessions']);
  });

  test('that --strict refuses keeps nothing of the kind', async () => {
    place.put({ 'session-3.csv': '', 'sessions-bad.csv': sessionsCsv({ id: 'x', day: '2023-11-06', dwell: 'x' }) });
    await expect(run({ strict: true })).rejects.toMatchObject({ code: 'strict' });
    expect(existsSync(FILE())).toBe(false);
    rmSync(join(place.exports, 'sessions-bad.csv'));
    expect(codes((await run({ strict: true })).place)).toEqual(['file_ignored session-3.csv']);
  });

  test('takes nothing of the program’s own for an export, where all lies in one folder', DEEP, async () => {
    const { folder } = place;
    write(folder, { 'settle.yaml': '', 'anchors.csv': anchorsCsv('a1'), 'policy-2023-11.yaml': policyOf('2023-11') });
    mkdirSync(join(folder, 'old'));
    const policy = join(folder, 'policy-2023-11.yaml');
    const options = { input: folder, config: join(folder, 'settle.yaml') };
    const here = { ...options, out: join(folder, 'out'), warehouse: join(folder, 'w.duckdb') };
    const result = await settle({ policy, ...here });
    expect(codes(result.place)).toEqual(['file_ignored exports', 'file_ignored old', 'file_ignored policies']);
    const night = await place.nightly(NIGHT, { ...options, log: join(folder, 'log.jsonl'), policies: folder });
    expect(codes(night.place)).toEqual(['file_ignored exports', 'file_ignored old', 'file_ignored policies']);
    expect(filesIn(place.out)).toContain('notices-place.csv');
  });
});
