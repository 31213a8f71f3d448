import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { diff } from '../../src/commands/diff.js';
import { nightly } from '../../src/commands/nightly.js';
import { run } from '../../src/commands/run.js';
import { programmeOf } from '../../src/core/programme.js';
import type { NightlyResult } from '../../src/night/night.js';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import { summaryOf } from '../../src/report/run.js';
import { runAnswer } from '../../src/report/run-answer.js';
import type { RunResult } from '../../src/settle/run-result.js';
import { closeAccepted } from '../support/accepting.js';
import { DEEP, variations } from '../support/deep.js';
import { sessionsCsv } from '../support/exports.js';
import { SAMPLE_POLICY, SILENT, workspace, write } from '../support/workspace.js';

// @module-tag deep

/** Periods, closes and adjustments belong to a programme; another one's days are paid besides only where both say so. */

let folder: string;
let days: number;

beforeEach(() => {
  folder = workspace();
  days = 0;
  mkdirSync(join(folder, 'exports'));
  mkdirSync(join(folder, 'policies'));
  put({
    'anchors.csv': 'anchor_id,account_kind,first_live_on,person_id\na1,content,2023-03-01,\nm1,shop,2023-03-01,\n',
    'sessions.csv': sessionsCsv({ id: 's1' }, { id: 's2', anchor: 'm1', dwell: '2000.00' }),
  });
});

const put = (exports: Record<string, string>) => write(join(folder, 'exports'), exports);
const LATE = {
  'sessions-late.csv': sessionsCsv({ id: 's3', dwell: '350.00' }, { id: 's4', anchor: 'm1', dwell: '500.00' }),
};
const places = () => ({ out: join(folder, 'out'), warehouse: join(folder, 'w.duckdb') });
/** A day more with every command. */
const context = () => {
  days += 1;
  const now = Date.UTC(2024, 0, days);
  return { ...SILENT, clock: () => now };
};

/** November's policy of content accounts, or of shops; its id, and the programme where it names one. */
function policy(id: string, programme?: string, kind = 'content'): string {
  const text = readFileSync(SAMPLE_POLICY, 'utf8')
    .replace('id: content-live-2023-11', `id: ${id}${programme === undefined ? '' : `\nprogramme: ${programme}`}`)
    .replace('account_kinds: [content]', `account_kinds: [${kind}]`);
  expect(text).toContain(`account_kinds: [${kind}]`);
  const path = join(folder, 'policies', `${id}.yaml`);
  writeFileSync(path, text);
  return path;
}

const settled = (file: string, asOf?: string): Promise<RunResult> =>
  run({ policy: file, input: join(folder, 'exports'), ...places(), asOf, strict: false, statements: true }, context());
const closing = ({ runDir }: RunResult) => closeAccepted(runDir, { ...places(), by: 'Wang Li' }, context());
const night = (date = '2023-11-30'): Promise<NightlyResult> =>
  nightly(
    { input: join(folder, 'exports'), policies: join(folder, 'policies'), ...places(), date, statements: true },
    context(),
  );
const adjustments = ({ runDir }: RunResult): string[] =>
  readFileSync(join(runDir, 'adjustments.csv'), 'utf8').trimEnd().split('\n').slice(1);
const wrong = async ({ runDir }: RunResult) => (await verifyRun(runDir)).differences;
const closeIn = ({ runDir }: RunResult) => JSON.parse(readFileSync(join(runDir, 'close.json'), 'utf8'));

test.each([
  ['content-live-2023-11', undefined, 'content-live'],
  ['content-live-2023-11', 'mall', 'mall'],
  ['content-live-2023-11-v2', undefined, 'content-live-2023-11-v2'],
  ['content-live-2023-1', undefined, 'content-live-2023-1'],
  ['content-live-23-11', undefined, 'content-live-23-11'],
  ['2023-11', undefined, '2023-11'],
  ['a-2023-11', undefined, 'a'],
])('the programme of %s that names %s is %s', async (id, named, programme) => {
  expect(programmeOf({ policy: { id }, ...(named === undefined ? {} : { programme: named }) })).toBe(programme);
  const result = await settled(policy(id, named));
  expect(result.manifest.programme).toBe(programme);
  expect(Object.keys(result.manifest).slice(2, 4)).toEqual(['policy', 'programme']);
  expect(await wrong(result)).toEqual([]);
});

describe('two programmes that both name themselves, over one warehouse and one folder', () => {
  const live = () => policy('live-2023-11', 'live');
  const mall = () => policy('mall-2023-11', 'mall', 'shop');

  test('don’t see each other’s closes: each is settled, closed and restated by its own', DEEP, async () => {
    const first = await settled(live());
    await closing(first);
    const other = await settled(mall());
    expect([other.restated, other.closed, existsSync(join(other.runDir, 'adjustments.csv'))]).toEqual([
      undefined,
      undefined,
      false,
    ]);
    await closing(other);
    expect(closeIn(first)).toMatchObject({ close_no: 1, revision: 1, programme: 'live' });
    expect(closeIn(other)).toMatchObject({ close_no: 2, revision: 1, programme: 'mall', totals: { total: '20.00' } });

    put(LATE);
    const [a, b] = [await settled(live()), await settled(mall())];
    expect(adjustments(a)).toEqual(['a1,,2023-11-05,watch_time,10.00,13.50,3.50,sessions_late:3.50']);
    expect(adjustments(b)).toEqual(['m1,,2023-11-05,watch_time,20.00,25.00,5.00,sessions_late:5.00']);
    await closing(b);
    await closing(a);
    expect([closeIn(b).revision, closeIn(a).revision, closeIn(a).close_no]).toEqual([2, 2, 4]);
    for (const each of [first, other, a, b]) expect(await wrong(each)).toEqual([]);
  });

  test('in a night both are settled, and what touches one’s closed period restates it alone', DEEP, async () => {
    live();
    mall();
    const first = await night();
    expect([first.failures, first.periods.map((period) => [period.policy, period.totals?.total])]).toEqual([
      [],
      [
        ['live-2023-11', '10.00'],
        ['mall-2023-11', '20.00'],
      ],
    ]);
    await closing({ runDir: first.periods[0]?.run_dir } as RunResult);
    put(LATE);
    const second = await night();
    expect(second.periods.map(({ restated }) => restated?.delta)).toEqual(['3.50', undefined]);
  });

  test('each needs a policy for the date, and no two of its own may share a day', async () => {
    live();
    mall();
    const december = await night('2023-12-01');
    expect(december.failures.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^no policy of live in .* is for 2023-12-01$/),
      expect.stringMatching(/^no policy of mall in .* is for 2023-12-01$/),
    ]);
    expect((await night()).warnings.map(String)).toEqual([
      expect.stringContaining('no policy of live in'),
      expect.stringContaining('no policy of mall in'),
    ]);
    policy('other-2023-11', 'mall', 'shop');
    const shared = await night();
    expect([shared.exit, shared.periods.map((period) => period.policy)]).toEqual([2, ['live-2023-11']]);
    expect(shared.failures[0]?.message).toContain('mall-2023-11.yaml and');
    expect(shared.failures[0]?.details.mend).toContain('both are of mall');
  });

  test('the words closed and latest mean those of the run’s programme', DEEP, async () => {
    await closing(await settled(live()));
    const other = await settled(mall());
    await expect(diff(other.runDir, 'closed', places(), SILENT)).rejects.toMatchObject({
      message: expect.stringContaining("2023-11-01 to 2023-11-30 of mall isn't closed"),
    });
    expect((await diff(other.runDir, 'latest', places(), SILENT)).answer).toMatchObject({
      b: { policy: 'mall-2023-11' },
    });
  });
});

describe('a policy of another programme, where not both name theirs', () => {
  const refused = { exit: 2, code: 'policy', message: expect.stringContaining('would pay days of it again') };

  variations([
    ['neither does', undefined, undefined],
    ['the closed one doesn’t', undefined, 'mall'],
    ['the other one doesn’t', 'live', undefined],
  ])('%s: run, nightly and close refuse', async (_, closedName, name) => {
    const corrected = policy('corrected-2023-11', name);
    const before = await settled(corrected);
    const first = await settled(policy('live-2023-11', closedName));
    await closing(first);
    await expect(settled(corrected)).rejects.toMatchObject(refused);
    await expect(closing(before)).rejects.toMatchObject(refused);
    const result = await night();
    expect([result.exit, result.periods.map(({ policy: id, exit }) => [id, exit])]).toEqual([
      2,
      [
        ['corrected-2023-11', 2],
        ['live-2023-11', 0],
      ],
    ]);
  });

  test('one id under two programmes is one policy with a slip in one of its names: a month is not paid twice by it', async () => {
    await closing(await settled(policy('live-2023-11', 'live')));
    const slip = policy('live-2023-11', 'life');
    const error = await settled(slip).catch((thrown) => thrown);
    expect(error).toMatchObject(refused);
    expect(error.details.mend).toContain('add "programme: live" to live-2023-11');
    expect(error.details.mend).toContain('give its policy an id of its own');
  });

  test('a day in common is enough; one apart is not refused', DEEP, async () => {
    const file = policy('corrected-2023-11');
    const text = readFileSync(file, 'utf8');
    await closing(await settled(policy('live-2023-11')));
    writeFileSync(file, text.replace('from: 2023-11-01, to: 2023-11-30', 'from: 2023-11-30, to: 2023-12-29'));
    await expect(settled(file)).rejects.toMatchObject(refused);
    writeFileSync(file, text.replace('from: 2023-11-01, to: 2023-11-30', 'from: 2023-12-01, to: 2023-12-29'));
    expect((await settled(file)).restated).toBe(undefined);
  });

  test('mended as the message says: of the same programme it adjusts what was closed', DEEP, async () => {
    const first = await settled(policy('live-2023-11'));
    await closing(first);
    const error = await settled(policy('corrected-2023-11')).catch((thrown) => thrown);
    expect(error.details.mend).toContain('add "programme: live" to corrected-2023-11');
    const result = await settled(policy('corrected-2023-11', 'live'));
    expect(result.restated).toMatchObject({ run_id: first.manifest.run_id, lines: 0 });
    await closing(result);
    expect(closeIn(result)).toMatchObject({ revision: 2, programme: 'live' });
    expect(await wrong(result)).toEqual([]);
  });

  test(
    'mended the other way: the closed period is closed once more by a policy that names its programme',
    DEEP,
    async () => {
      await closing(await settled(policy('live-2023-11')));
      const mall = policy('mall-2023-11', 'mall', 'shop');
      const error = await settled(mall).catch((thrown) => thrown);
      expect(error.details.mend).toContain(
        'add "programme: live" to the policy live-2023-11, settle and close that period again with it',
      );
      await closing(await settled(policy('live-2023-11', 'live')));
      expect((await settled(mall)).restated).toBe(undefined);
    },
  );
});

test('a run that says to restate another programme’s close is found by verify', DEEP, async () => {
  const first = await settled(policy('live-2023-11', 'live'));
  await closing(first);
  put(LATE);
  const result = await settled(policy('live-2023-11', 'live'));
  const path = join(first.runDir, 'close.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"programme": "live"', '"programme": "mall"'));
  expect((await wrong(result)).map(({ key }) => key)).toContain("the closed run's programme");
  expect((await wrong(first)).map(({ file, key }) => [file, key])).toEqual([['close.json', 'programme']]);
});

test('a manifest that says another programme than its policy is found', async () => {
  const result = await settled(policy('live-2023-11', 'live'));
  const path = join(result.runDir, 'manifest.json');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace('"programme": "live"', '"programme": "mall"'));
  expect((await wrong(result)).map(({ key }) => key)).toContain('programme');
  writeFileSync(path, text.replace('  "programme": "live",\n', '')); // the policy says it, but the seal was made with it
  expect((await wrong(result)).map(({ key }) => key)).toEqual(['finished_at']);
});

describe('a run of a closed period that stops before its end', () => {
  test.each([
    ['2023-11-29', true],
    ['2023-11-30', false],
  ])('up to %s: is provisional and adjusts nothing: %s', DEEP, async (asOf, provisional) => {
    const file = policy('live-2023-11');
    await closing(await settled(file));
    put({ 'sessions-late.csv': sessionsCsv({ id: 's3', dwell: '350.00' }) });
    const result = await settled(file, asOf);
    expect(existsSync(join(result.runDir, 'adjustments.csv'))).toBe(!provisional);
    expect([result.restated === undefined, 'restates' in result.manifest]).toEqual([provisional, !provisional]);
    expect((runAnswer(result) as { provisional?: boolean }).provisional).toBe(provisional || undefined);
    const text = summaryOf(result, (_, words) => words, 'x');
    expect(text.includes(', as of 2023-11-29, provisional: the run stops before the period ends\n')).toBe(provisional);
    expect(text.includes('this run stops before the period ends, and adjusts nothing')).toBe(provisional);
    expect(await wrong(result)).toEqual([]);
    expect((await settled(file, asOf)).alreadyThere).toBe(true);
  });

  test('of an open period is provisional by the clock alone', async () => {
    const result = await settled(policy('live-2023-11'), '2023-11-29');
    expect(runAnswer(result)).not.toHaveProperty('provisional');
  });
});
