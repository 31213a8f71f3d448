import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { nightly } from '../../src/commands/nightly.js';
import type { NightlyResult } from '../../src/night/night.js';
import { nightlyText } from '../../src/report/night.js';
import { DEEP } from '../support/deep.js';
import { anchorsCsv, sessionsCsv } from '../support/exports.js';
import { NightPlace } from '../support/night-place.js';
import { filesIn, overwrite, SILENT, write } from '../support/workspace.js';

/** What a night does with the periods that concern it; which do: concern.test.ts. */

const NOVEMBER = sessionsCsv({ id: 's1', day: '2023-11-05' }, { id: 's2', anchor: 'a2', day: '2023-11-20' });
const FIRST = { 'anchors.csv': anchorsCsv('a1', 'a2'), 'sessions-11.csv': NOVEMBER };

let place: NightPlace;
beforeEach(() => {
  place = new NightPlace().put(FIRST);
  onTestFinished(() => place.remove());
});

const told = ({ periods }: NightlyResult) =>
  periods.map(({ policy, as_of, why, totals }) => [policy.slice(-7), as_of, why, totals?.total ?? null]);

describe('nights', () => {
  test('the first settles the period of its date, up to it', async () => {
    const result = await place.nightly('2023-11-12');
    expect(result).toMatchObject({ exit: 0, date: '2023-11-12', load: 1, known: 0, failures: [] });
    expect(result.loaded.map(({ file }) => file)).toEqual(['anchors.csv', 'sessions-11.csv']);
    expect(told(result)).toEqual([['2023-11', '2023-11-12', 'date', '10.00']]);
  });

  test('the next has one file more, and settles that period alone', DEEP, async () => {
    await place.nightly('2023-11-30');
    const result = await place
      .put({ 'sessions-12.csv': sessionsCsv({ id: 's3', day: '2023-12-01' }) })
      .nightly('2023-12-01');
    expect(result).toMatchObject({ load: 2, known: 2 });
    expect(told(result)).toEqual([['2023-12', '2023-12-01', 'date', '10.00']]);
  });

  test('a late session settles its month too, to its end, and before the other', DEEP, async () => {
    await place.nightly('2023-11-30');
    const result = await place
      .put({ 'sessions-late.csv': sessionsCsv({ id: 's3', day: '2023-11-29' }) })
      .nightly('2023-12-01');
    expect(told(result)).toEqual([
      ['2023-11', '2023-11-30', 'data', '30.00'],
      ['2023-12', '2023-12-01', 'date', '0.00'],
    ]);
  });

  test('an empty night: the same run, and nothing is written', DEEP, async () => {
    const [first] = (await place.nightly('2023-11-12')).periods;
    const before = filesIn(place.out);
    const { periods, loaded } = await place.nightly('2023-11-12');
    expect(loaded).toEqual([]);
    expect(periods).toMatchObject([{ run_id: first?.run_id, already_there: true }]);
    expect(filesIn(place.out)).toEqual(before);
  });

  test('before any data: an empty settlement; with no exports at all too', DEEP, async () => {
    expect(told(await place.nightly('2023-10-01'))).toEqual([['2023-10', '2023-10-01', 'date', '0.00']]);
    const empty = new NightPlace();
    onTestFinished(() => empty.remove());
    const result = await empty.nightly('2023-12-31');
    expect(result).toMatchObject({ exit: 0, load: 0 });
    expect(told(result)).toEqual([['2023-12', '2023-12-31', 'date', '0.00']]);
  });

  test('a period that begins after the date waits for its own', DEEP, async () => {
    await place.put({ 'sessions-12.csv': sessionsCsv({ id: 's3', day: '2023-12-01' }) }).nightly('2023-11-30');
    expect(place.published('content-live-2023-12')).toEqual([]);
  });

  test('4: rows are quarantined, of a period or of a file that no period tells of', DEEP, async () => {
    const bad = { 'sessions-bad.csv': sessionsCsv({ id: 'x', day: '2023-11-06', dwell: 'x' }) };
    const result = await place.put(bad).nightly('2023-11-12');
    expect(result).toMatchObject({ exit: 4, periods: [{ exit: 4, quarantined: 1 }] });
    const later = await place.nightly('2023-12-01');
    expect(later).toMatchObject({ exit: 4, periods: [{ exit: 4, why: 'unsettled' }, { exit: 0 }] });
    expect((await place.nightly('2023-12-01')).exit).toBe(0);
    const other = { 'sessions-09.csv': sessionsCsv({ id: 'y', day: '2023-09-06', dwell: 'x' }) };
    const last = await place.put(other).nightly('2023-12-01');
    expect(last).toMatchObject({ exit: 4, periods: [{ exit: 0 }] });
    expect(nightlyText(last, (path) => path)).toContain('1 row of the new files left out for their form');
  });

  test('the date is yesterday’s in Beijing, where none is given', DEEP, async () => {
    const at = async (time: string): Promise<string> => {
      const { exports: input, policies, out } = place;
      const context = { ...SILENT, clock: () => Date.parse(time) };
      const options = { input, policies, out, warehouse: ':memory:', statements: false };
      return (await nightly(options, context)).date;
    };
    expect(await at('2023-12-01T15:59:59Z')).toBe('2023-11-30');
    expect(await at('2023-12-01T16:00:00Z')).toBe('2023-12-01');
    expect(await at('2023-11-13T02:30:00+08:00')).toBe('2023-11-12');
  });
});

describe('one period’s failure keeps no other from being settled', () => {
  test('a run folder that was changed', DEEP, async () => {
    await place.nightly('2023-11-30');
    const late = { 'sessions-late.csv': sessionsCsv({ id: 's3', day: '2023-11-29' }) };
    const [period] = (await place.put(late).nightly('2023-12-01')).periods;
    overwrite(join(period?.run_dir as string, 'days.csv'), 'changed');
    for (const run of place.published('content-live-2023-12'))
      rmSync(join(place.out, 'content-live-2023-12', run), { recursive: true });
    const manifest = JSON.parse(readFileSync(join(period?.run_dir as string, 'manifest.json'), 'utf8'));
    writeFileSync(
      join(period?.run_dir as string, 'manifest.json'),
      JSON.stringify({ ...manifest, as_of: '2023-11-01' }),
    );

    const result = await place.nightly('2023-12-01');
    expect(result).toMatchObject({
      exit: 1,
      periods: [
        { policy: 'content-live-2023-11', exit: 1, run_id: null, error: { code: 'machine' } },
        { policy: 'content-live-2023-12', exit: 0, already_there: false },
      ],
      failures: [{ code: 'machine', details: { file: period?.run_dir } }],
    });
    expect(place.published('content-live-2023-12')).toHaveLength(1);
    expect(nightlyText(result, (path) => path)).toMatch(
      /^content-live-2023-11 .* FAILED \(machine\): .*days.csv|manifest/,
    );
  });
});

describe('exit 2, and nothing is loaded', () => {
  const refused = async (message: RegExp, date = '2023-11-12', more = {}) => {
    await expect(place.nightly(date, more)).rejects.toMatchObject({ exit: 2, message: expect.stringMatching(message) });
    expect(filesIn(place.folder).filter((file) => /^(w\.duckdb|out\/)/.test(file))).toEqual([]);
  };

  test('there is no folder of policies', () => refused(/nowhere can't be read/, '2023-11-12', { policies: 'nowhere' }));
  test.each(['2023-11-31', 'yesterday', '2023-11-1', '1999-12-31'])('--date %s', (date) =>
    refused(/is not a valid date/, date),
  );
  test('no input', () => refused(/'--input <dir>' not specified/, '2023-11-12', { input: undefined }));
  test('no such input', () => refused(/nowhere doesn't exist/, '2023-11-12', { input: 'nowhere' }));
  test('a log that can’t be opened', () =>
    refused(/the log .*exports can't be opened/, '2023-11-12', { log: place.exports }));
});

test('hidden files, other files and settings among the policies are none', DEEP, async () => {
  write(place.policies, { '.policy.yaml': 'x', 'settle.yaml': 'out: x', 'notes.txt': 'x', 'policy.yaml~': 'x' });
  expect(await place.nightly('2023-11-12')).toMatchObject({ exit: 0 });
});

describe('the log', () => {
  const lines = (path: string): { time: string; event: string; level: string; [more: string]: unknown }[] => {
    const text = readFileSync(path, 'utf8');
    expect(text.endsWith('\n')).toBe(true);
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  };

  test('tells of every file and period, night after night', DEEP, async () => {
    const log = join(place.folder, 'log.jsonl');
    await place.nightly('2023-11-12', { log });
    const bad = { 'sessions-\u2028odd.csv': sessionsCsv({ id: 'x', day: '2023-11-06', dwell: 'x' }) };
    const { periods } = await place.put(bad).nightly('2023-11-12', { log });
    const all = lines(log);
    expect(all.every(({ time }) => /^2024-01-05T08:\d\d:00\+08:00$/.test(time))).toBe(true);
    expect(all.map(({ event, level }) => `${event} ${level}`)).toEqual([
      ...['start info', 'file info', 'file info', 'load info', 'settled info', 'end info'],
      ...['start info', 'file warning', 'load info', 'settled warning', 'notice warning', 'end warning'],
    ]);
    expect(all[7]).toMatchObject({ file: 'sessions-\u2028odd.csv', rows: 1, quarantined: 1 });
    expect(all[9]).toMatchObject({ run_id: periods[0]?.run_id, quarantined: 1 });
    expect(all[10]).toMatchObject({ code: 'file_all_out', accepted: false, new: true });
    expect(all[11]).toMatchObject({ exit: 4, duration_seconds: 0 });
  });

  test('tells of the place and of policies, with what asks for a person as a warning', DEEP, async () => {
    const log = join(place.folder, 'log.jsonl');
    const entries = { 'session-3.csv': '', '.DS_Store': '' };
    write(place.policies, { 'policy-2023-10.yaml': 'id: x\n' });
    expect((await place.put(entries).nightly('2023-12-31', { log })).exit).toBe(2);
    const all = lines(log);
    expect(all.map(({ event, level }) => `${event} ${level}`)).toEqual([
      ...['start info', 'policy error', 'policy warning', 'file info', 'file info', 'load warning'],
      ...['notice info', 'notice warning', 'settled info', 'settled info', 'end error'],
    ]);
    expect(all[1]).toMatchObject({ code: 'policy', message: expect.stringContaining('policy-2023-10.yaml:1: ') });
    expect(all[2]?.message).toContain('is for 2024-01-01 and after');
    expect(all[6]).toMatchObject({ place: true, code: 'file_ignored', severity: 'info', file: '.DS_Store' });
    expect(all[7]).toMatchObject({ place: true, code: 'file_ignored', severity: 'attention', file: 'session-3.csv' });
    expect((await place.nightly('2023-12-31', { log })).exit).toBe(2);
    expect(
      lines(log)
        .slice(11)
        .map(({ event }) => event),
    ).toContain('exports');
  });

  test('of nights at once: each line is whole, and says whose it is', DEEP, async () => {
    const log = join(place.folder, 'log.jsonl');
    const others = [new NightPlace(place), new NightPlace(place)];
    onTestFinished(() => {
      for (const other of others) other.remove();
    });
    const nights = await Promise.all([place, ...others].map((each) => each.nightly('2023-11-12', { log })));
    const all = lines(log);
    const ids = nights.map(({ night }) => night);
    expect(new Set(ids).size).toBe(3);
    expect(ids.every((id) => /^20240105T08\d\d00-[0-9a-f]{8}$/.test(id))).toBe(true);
    for (const id of ids) {
      const own = all.filter(({ night }) => night === id).map(({ event }) => event);
      expect(own).toEqual(['start', 'file', 'file', 'load', 'settled', 'end']);
    }
    expect(all).toHaveLength(18);
  });

  test('tells of what ended the night', DEEP, async () => {
    const log = join(place.folder, 'log.jsonl');
    await place.nightly('2023-11-12', { log, input: 'nowhere' }).catch(() => undefined);
    writeFileSync(join(place.exports, 'sessions-x.csv'), 'no sessions');
    await place.nightly('2023-11-12', { log }).catch(() => undefined);
    expect(lines(log).map(({ event, exit, code }) => [event, exit, code])).toEqual([
      ['start', undefined, undefined],
      ['end', 2, 'usage'],
      ['start', undefined, undefined],
      ['end', 3, 'input'],
    ]);
  });

  test.runIf(process.platform === 'linux')(
    'that can’t be written to any more is told of; the periods are settled',
    async () => {
      const result = await place.nightly('2023-11-12', { log: '/dev/full' });
      expect(result).toMatchObject({ exit: 1, periods: [{ exit: 0 }], failures: [{ code: 'machine' }] });
    },
  );
});

test('the summary: a line for each period', DEEP, async () => {
  await place.nightly('2023-11-30');
  const late = {
    'sessions-late.csv': sessionsCsv({ id: 's3', day: '2023-11-29' }, { id: 'x', day: '2023-11-06', dwell: 'x' }),
  };
  const result = await place.put(late).nightly('2023-12-01');
  expect(nightlyText(result, (path) => path.slice(place.folder.length + 1)).split('\n')).toEqual([
    expect.stringMatching(
      /^content-live-2023-11 {2}2023-11-01 to 2023-11-30 {2}as of 2023-11-30 {2}2 anchors {2}30\.00 CNY {2}1 row quarantined {2}for new data: 1 faulty row, 1 session {2}out\/content-live-2023-11\/2023-11-30-[0-9a-f]{16}$/,
    ),
    expect.stringMatching(
      /^content-live-2023-12 {2}2023-12-01 to 2023-12-31 {2}as of 2023-12-01 {2}0 anchors {2}0\.00 CNY {2}for the date {2}out\/content-live-2023-12\//,
    ),
    'New tonight:',
    '  content-live-2023-11: the total moved by +10.00 CNY',
    '  sessions-late.csv: 1 row quarantined, bad_number',
    'Whatever is as it should be, accept:',
    expect.stringMatching(/^ {2}settle accept 2023-11-30-[0-9a-f]{16} --by NAME --all$/),
    '',
  ]);
  place.put({ 'session-30.csv': '', 'notes.txt': '', '.DS_Store': '' });
  const lines = nightlyText(await place.nightly('2023-12-01'), (path) => path).split('\n');
  expect(lines[0]).toMatch(/ {2}nothing new {2}/);
  expect(lines.slice(1)).toEqual([
    'no new file among the exports',
    'no file for 2023-12-01: no session of any export ended on that day',
    'ignored: .DS_Store',
    'New tonight:',
    expect.stringMatching(/^ {2}file_ignored: notes.txt is no export by its name: it is not loaded, .* Move/),
    expect.stringMatching(
      /^ {2}file_ignored: session-30.csv looks like an export of sessions by its name, .* Rename it/,
    ),
    'Whatever is as it should be, accept:',
    '  settle accept --place --by NAME --all',
    '',
  ]);
});
