import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { nightlyText } from '../../src/report/night.js';
import { summaryOf } from '../../src/report/run.js';
import { runAnswer } from '../../src/report/run-answer.js';
import { DEEP, variations } from '../support/deep.js';
import { anchorsCsv, sessionsCsv } from '../support/exports.js';
import { NightPlace, policyOf } from '../support/night-place.js';
import { write } from '../support/workspace.js';

// @module-tag deep

/** What nights and runs say of a period that is closed, or that isn't over. */

let closed: NightPlace;
beforeAll(async () => {
  closed = new NightPlace().put({
    'anchors.csv': anchorsCsv('a1'),
    'sessions-10.csv': sessionsCsv({ id: 's1', day: '2023-10-05' }, { id: 's2', day: '2023-10-06' }),
  });
  await closed.nightly('2023-11-12');
  await closed.seal('content-live-2023-10', '2023-10-31');
});
afterAll(() => closed.remove());

let place: NightPlace;
beforeEach(() => {
  place = new NightPlace(closed);
  onTestFinished(() => place.remove());
});

const late = { 'sessions-late.csv': sessionsCsv({ id: 's3', day: '2023-10-05', dwell: '500.00' }) };
const run = () => place.run('policy-2023-10.yaml');
const summary = async (): Promise<string> => summaryOf(await run(), (_, words) => words, 'x');
const lineOf = async (month: string): Promise<string> => {
  const text = nightlyText(await place.nightly('2023-11-12'), (path) => path);
  return text.split('\n').find((line) => line.startsWith(`content-live-${month}`)) ?? '';
};

/** By a policy whose cap a day is 8.00 at level 2, where 10.00 and more is earned. */
function capped(): void {
  const text = policyOf('2023-10');
  const changed = text.replace(/(level: 2, cap: )"[\d.]+"/, '$1"8.00"');
  expect(changed).not.toBe(text);
  write(place.policies, { 'policy-2023-10.yaml': changed });
}

describe('the causes of a restatement', () => {
  test('of a late session alone', async () => {
    place.put(late);
    expect(await lineOf('2023-10')).toMatch(
      /restated with 1 adjustment of 5\.00 CNY \(sessions_late \+5\.00\), to be closed as revision 2: settle close \S+ {2}for new data: 1 session /,
    );
    expect(await summary()).toMatch(
      /\n {8}adjusted by 1 line of adjustments\.csv: 5\.00 CNY\n {8}by cause: sessions_late \+5\.00\n/,
    );
  });

  test('a changed policy says what it changes, beside the session that the night was settled for', DEEP, async () => {
    capped();
    expect(await lineOf('2023-10')).toBe(''); // the change alone concerns no night, and stands as a notice
    place.put(late);
    expect(await lineOf('2023-10')).toMatch(
      /restated with 2 adjustments of -4\.00 CNY \(sessions_late \+5\.00, policy -9\.00\), to be closed as revision 2/,
    );
    expect(await summary()).toContain('\n        by cause: sessions_late +5.00, policy -9.00\n');
    const [period] = (await place.put({ 'anchors-2.csv': anchorsCsv('a2') }).nightly('2023-10-31')).periods;
    expect(period).toMatchObject({ policy: 'content-live-2023-10', why: null });
  });

  test('in the answers of both', DEEP, async () => {
    capped();
    const { periods } = await place.put(late).nightly('2023-11-12');
    const causes = { sessions_late: '5.00', policy: '-9.00' };
    expect(periods[0]).toMatchObject({ restated: { lines: 2, delta: '-4.00', causes } });
    expect(runAnswer(await run())).toMatchObject({
      restates: { lines: 2, delta: '-4.00' },
      ...{ causes, closed: { close_no: 1, revision: 1, closed_by: 'Wang Li', by_this_run: false } },
    });
    const manifest = readFileSync(join(periods[0]?.run_dir as string, 'manifest.json'), 'utf8');
    expect(manifest).not.toContain('causes');
  });
});

describe('a restatement that nobody has closed', () => {
  const night = async () => {
    const result = await place.nightly('2023-12-12');
    return { ...result, text: nightlyText(result, (path) => path) };
  };

  test('is told every night anew until it is closed: a mail that nobody reads pays nobody', async () => {
    const first = await place.put(late).nightly('2023-12-12');
    expect(first.unclosed).toEqual([]); // its period tells it
    const [period] = first.periods;
    for (const { unclosed, text, exit } of [await night(), await night()]) {
      expect([exit, unclosed]).toMatchObject([
        0,
        [{ policy: 'content-live-2023-10', run_id: period?.run_id, revision: 2, lines: 1, delta: '5.00' }],
      ]);
      expect(text).toContain(
        `Adjusted in earlier runs, and neither closed nor paid since:\n  content-live-2023-10  2023-10-01 to 2023-10-31  1 adjustment of 5.00 CNY, to be closed as revision 2: settle close ${period?.run_id}\n`,
      );
    }
    await place.seal('content-live-2023-10', '2023-10-31');
    const { unclosed, text } = await night();
    expect([unclosed, text]).toEqual([[], expect.not.stringContaining('Adjusted')]);
  });

  test('is the newest, and none where that changes no amount, or is a transfer', async () => {
    await place.put(late).nightly('2023-12-12');
    place.put({ 'sessions-late.csv': sessionsCsv() });
    await place.nightly('2023-12-12');
    expect((await night()).unclosed).toEqual([]);
    place.put({ 'anchors-2.csv': 'anchor_id,agency_id,account_kind,first_live_on\na1,g9,content,2023-03-01\n' });
    await place.run('policy-2023-10.yaml', { transfer: true });
    expect((await night()).unclosed).toEqual([]);
  });
});

describe('run again after a close', () => {
  test('the closed folder is found: nothing is left to pay', DEEP, async () => {
    const result = await run();
    expect(result).toMatchObject({ alreadyThere: true, closed: { by_this_run: true, revision: 1 } });
    expect(summaryOf(result, (_, words) => words, 'x')).toContain(
      '\nClosed  revision 1, with this run, at 2024-01-05 09:00:00 by Wang Li: nothing is left to pay\n',
    );
    expect(runAnswer(result)).toMatchObject({ closed: { run_id: result.manifest.run_id, by_this_run: true } });
  });

  test('restated by no line: nothing is left to pay', DEEP, async () => {
    place.put({ 'sessions-11.csv': sessionsCsv({ id: 's9', day: '2023-11-05' }) });
    expect(await summary()).toMatch(
      /\nClosed {2}revision 1, run \S+: 20\.00 CNY\n {8}no amount has changed: nothing is left to pay\n/,
    );
    expect(await summary()).toContain('no amount has changed: nothing is left to pay'); // the same work again
  });

  test(
    'restated by lines, closed as revision 2, and run again: nothing is left to pay of that either',
    DEEP,
    async () => {
      const { manifest } = await place.put(late).run('policy-2023-10.yaml');
      expect(await summary()).not.toContain('nothing is left to pay');
      expect(await place.seal('content-live-2023-10', '2023-10-31')).toMatchObject({
        revision: 2,
        run_id: manifest.run_id,
      });
      expect(await summary()).toContain(
        '\nClosed  revision 2, with this run, at 2024-01-05 09:00:00 by Wang Li: nothing',
      );
    },
  );

  test('a period that isn’t closed says nothing of it', async () => {
    const result = await place.run('policy-2023-11.yaml');
    expect(summaryOf(result, (_, words) => words, 'x')).not.toContain('Closed');
    for (const key of ['closed', 'causes', 'place']) expect(runAnswer(result)).not.toHaveProperty(key);
  });

  test('a night that restates by no line says so', DEEP, async () => {
    place.put({ 'anchors-2.csv': anchorsCsv('a1').replace('content,2023-03-01', 'content,2023-02-28') });
    expect(await lineOf('2023-10')).toMatch(
      /restated, and no amount has changed: nothing is left to pay {2}for new data: 1 anchor /,
    );
  });
});

describe('provisional', () => {
  /** The clock of a command, in Beijing. */
  const at = (time: string): void => {
    const now = Date.parse(`${time}+08:00`);
    Object.defineProperty(place, 'context', { get: () => ({ ...context, clock: () => now }) });
  };
  let context: NightPlace['context'];
  beforeEach(() => {
    context = place.context;
  });

  variations([
    ['2023-11-30T23:59:59', true],
    ['2023-12-01T00:00:00', false],
  ])('at %s November is: %s', async (time, provisional) => {
    at(time);
    const night = await place.nightly('2023-11-12', { log: join(place.folder, 'log.jsonl') });
    expect(night.periods).toMatchObject([{ policy: 'content-live-2023-11', provisional }]);
    expect(/as of 2023-11-12, provisional /.test(nightlyText(night, (path) => path))).toBe(provisional);
    const logged = readFileSync(join(place.folder, 'log.jsonl'), 'utf8').split('\n');
    expect(JSON.parse(logged.find((line) => line.includes('"settled"')) as string)).toMatchObject({ provisional });

    const result = await place.run('policy-2023-11.yaml');
    expect(runAnswer(result)).toEqual({
      ...result.manifest,
      run_dir: result.runDir,
      ...(provisional && { provisional }),
    });
    const title = summaryOf(result, (_, words) => words, 'x').split('\n')[0];
    const words = 'content-live-2023-11: 2023-11-01 to 2023-11-30';
    expect(title).toBe(provisional ? `${words}, provisional: the period is not over` : words);
    expect(readFileSync(join(result.runDir, 'manifest.json'), 'utf8')).not.toContain('provisional');
  });
});
