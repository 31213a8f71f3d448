import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { exitOf } from '../../src/night/ending.js';
import type { NightlyResult } from '../../src/night/night.js';
import { nightlyText } from '../../src/report/night.js';
import { DEEP, variations } from '../support/deep.js';
import { anchorsCsv, sessionsCsv } from '../support/exports.js';
import { NightPlace, policyOf } from '../support/night-place.js';
import { filesIn, write } from '../support/workspace.js';

// @module-tag deep

/** What a night does where policies lack, are broken or share days: it loads and settles what it can, and says the rest. */

let place: NightPlace;
beforeEach(() => {
  place = new NightPlace().put({
    'anchors.csv': anchorsCsv('a1'),
    'sessions-10.csv': sessionsCsv({ id: 's1', day: '2023-10-05' }),
    'sessions-11.csv': sessionsCsv({ id: 's2', day: '2023-11-05' }),
  });
  onTestFinished(() => place.remove());
});

const remove = (...months: string[]): void => {
  for (const month of months) rmSync(join(place.policies, `policy-${month}.yaml`));
};
const settled = ({ periods }: NightlyResult): string[] => periods.map(({ policy }) => policy.slice(-7));
const failures = ({ failures: all }: NightlyResult): string[] =>
  all.map(({ message }) => (message.split('\n')[0] as string).replaceAll(`${place.policies}/`, ''));
const textOf = (night: NightlyResult): string => nightlyText(night, (path) => path);

describe('no policy for the date: exit 2, loaded, and what is over is settled', () => {
  test('after the last one', async () => {
    const night = await place.nightly('2024-01-01');
    expect(night).toMatchObject({ exit: 2, load: 1, failures: [{ code: 'policy' }] });
    expect(failures(night)).toEqual([`no policy in ${place.policies} is for 2024-01-01`]);
    expect(night.failures[0]?.details.mend).toContain('the last one is');
    expect(settled(night)).toEqual(['2023-10', '2023-11']);
    expect(textOf(night)).toContain(`\nFAILED (policy): no policy in ${place.policies} is for 2024-01-01\n`);
    const again = await place.nightly('2024-01-01');
    expect([again.exit, settled(again)]).toEqual([2, []]);
  });

  test('between two', DEEP, async () => {
    remove('2023-11');
    const night = await place.nightly('2023-11-05');
    expect([night.exit, settled(night)]).toEqual([2, ['2023-10']]);
  });

  test('before the first', DEEP, async () => {
    const night = await place.nightly('2023-09-30');
    expect([night.exit, night.load, settled(night)]).toEqual([2, 1, []]);
  });

  test('no policy at all: the load is kept, and what was seen of the place stands beside the runs', DEEP, async () => {
    remove('2023-10', '2023-11', '2023-12');
    const night = await place.nightly('2023-11-12');
    expect(night).toMatchObject({ exit: 2, load: 1, periods: [], warnings: [] });
    expect(filesIn(place.out)).toEqual(['notices-place.csv']);
    write(place.policies, { 'policy-2023-11.yaml': policyOf('2023-11') });
    expect(await place.nightly('2023-11-12')).toMatchObject({ exit: 0, load: 1, loaded: [], known: 3 });
  });
});

describe('a broken policy: exit 2, and every other is settled by', () => {
  test('of the month to come', DEEP, async () => {
    write(place.policies, { 'policy-2024-01.yaml': 'id: x\n' });
    const night = await place.nightly('2023-11-12');
    expect([night.exit, settled(night)]).toEqual([2, ['2023-10', '2023-11']]);
    expect(failures(night)).toEqual([expect.stringMatching(/^policy-2024-01\.yaml:1: /)]);
  });

  test('of the date’s month: that none is for the date is told too', DEEP, async () => {
    write(place.policies, {
      'policy-2023-11.yaml': policyOf('2023-11').replace('timezone: Asia/Shanghai', 'timezone: Mars'),
    });
    const night = await place.nightly('2023-11-12');
    expect([night.exit, settled(night)]).toEqual([2, ['2023-10']]);
    expect(failures(night)).toEqual([
      expect.stringMatching(/^policy-2023-11\.yaml:\d+: timezone: found the text "Mars"/),
      `no policy in ${place.policies} is for 2023-11-12`,
    ]);
    expect(night.failures[1]?.details.mend).toContain('correct what is wrong with the policies there');
  });

  test('a folder under the name of one, and two broken ones: each is told', DEEP, async () => {
    mkdirSync(join(place.policies, 'a.yaml'));
    write(place.policies, { 'b.json': '{' });
    const night = await place.nightly('2023-11-12');
    expect([night.exit, settled(night)]).toEqual([2, ['2023-10', '2023-11']]);
    expect(failures(night)).toEqual(['a.yaml: this is a folder', expect.stringMatching(/^b\.json:1: /)]);
  });
});

describe('two policies with a day in common: neither is settled by, all others are', () => {
  const other = (from: string, to: string): void => {
    const text = policyOf('2023-11').replace('2023-11-01, to: 2023-11-30', `${from}, to: ${to}`);
    write(place.policies, { 'z.json': text.replace('id: content-live-2023-11', 'id: other\nprogramme: content-live') });
  };

  test('the last day of one is the first of the other', async () => {
    remove('2023-11');
    other('2023-10-31', '2023-11-30');
    const night = await place.nightly('2023-12-01');
    expect([night.exit, settled(night)]).toEqual([2, ['2023-12']]);
    expect(failures(night)).toEqual([
      'policy-2023-10.yaml and z.json have days in common: 2023-10-01 to 2023-10-31, and 2023-10-31 to 2023-11-30; neither is settled',
    ]);
  });

  test('a day apart: both are settled', DEEP, async () => {
    remove('2023-11');
    other('2023-11-01', '2023-11-30');
    const night = await place.nightly('2023-12-01');
    expect([night.exit, night.periods.map(({ policy }) => policy)]).toEqual([
      0,
      ['content-live-2023-10', 'other', 'content-live-2023-12'],
    ]);
  });

  test(
    'one that shares days with several, of which the date is one: that none is for the date isn’t said',
    DEEP,
    async () => {
      other('2023-10-05', '2023-12-05');
      const night = await place.nightly('2023-12-03');
      expect([night.exit, night.load, settled(night)]).toEqual([2, 1, []]);
      expect(failures(night)).toHaveLength(3);
      expect(failures(night).every((failure) => /have days in common/.test(failure))).toBe(true);
    },
  );

  test('of months to come: told, and the date’s is settled', DEEP, async () => {
    other('2023-12-05', '2023-12-06');
    const night = await place.nightly('2023-11-12');
    expect([night.exit, settled(night)]).toEqual([2, ['2023-10', '2023-11']]);
    expect(failures(night)).toEqual([expect.stringContaining('policy-2023-12.yaml and z.json have days in common')]);
  });
});

describe('the next policy is missing', () => {
  const WORDS =
    /is for 2024-01-01 and after: the last one, policy-2023-12\.yaml, ends on 2023-12-31\. Put the next one there/;

  variations([
    ['2023-12-28', 0],
    ['2023-12-29', 1],
    ['2023-12-30', 1],
    ['2023-12-31', 1],
  ])('on the night of %s that is told %i times, at exit 0', async (date, times) => {
    const night = await place.nightly(date);
    expect([night.exit, night.warnings.filter((text) => WORDS.test(String(text)))]).toMatchObject([
      0,
      { length: times },
    ]);
    expect(WORDS.test(textOf(night))).toBe(times > 0);
  });

  test('not where it is there; nor of a month before the last', DEEP, async () => {
    expect((await place.nightly('2023-11-30')).warnings).toEqual([]);
    write(place.policies, { 'policy-2024-01.yaml': policyOf('2024-01') });
    expect((await place.nightly('2023-12-31')).warnings).toEqual([]);
  });

  test('where the next one is broken both are told', DEEP, async () => {
    write(place.policies, { 'policy-2024-01.yaml': 'id: x\n' });
    const night = await place.nightly('2023-12-31');
    expect([night.exit, night.warnings.length, failures(night).length]).toEqual([2, 1, 1]);
  });
});

describe('the exit of several', () => {
  test.each<[number[], number]>([
    [[], 0],
    [[0, 0], 0],
    [[0, 4], 4],
    [[4, 2], 2],
    [[2, 6, 4], 6],
    [[4, 2, 6, 1], 1],
    [[0, 3], 3],
    [[3, 4], 4],
  ])('%j: %i', (occurred, exit) => expect(exitOf(occurred)).toBe(exit));

  test('a period that fails comes before a policy that lacks, and that before quarantined rows', async () => {
    place.put({ 'sessions-bad.csv': sessionsCsv({ id: 'x', day: '2023-11-06', dwell: 'x' }) });
    const first = await place.nightly('2024-01-01');
    expect(first).toMatchObject({ exit: 2, periods: [{ exit: 0 }, { exit: 4 }] });
    place.put({ 'sessions-late.csv': sessionsCsv({ id: 's3', day: '2023-11-29' }) });
    const [run] = (await place.nightly('2024-01-01')).periods;
    write(run?.run_dir as string, { 'days.csv': 'changed' });
    const manifest = JSON.parse(readFileSync(join(run?.run_dir as string, 'manifest.json'), 'utf8'));
    write(run?.run_dir as string, { 'manifest.json': JSON.stringify({ ...manifest, as_of: '2023-11-01' }) });
    expect(await place.nightly('2024-01-01')).toMatchObject({ exit: 1, periods: [{ error: { code: 'machine' } }] });
  });
});
