import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEEP } from '../support/deep.js';
import { CLEAN_MONTH, sessionsCsv } from '../support/exports.js';
import { policyOf } from '../support/night-place.js';
import { settle } from '../support/program.js';
import { familiesIn } from '../support/prometheus.js';
import { filesIn, workspace, write } from '../support/workspace.js';

/** `settle nightly` as cron calls it: streams, JSON, signals. What it settles: test/nightly. */

const NIGHT = ['nightly', '--date', '2023-11-30'];
/** That most days of the month have no session is known, and nobody is asked about it. */
const FEW_DAYS = 'notices: { day_without_sessions: { severity: info, reason: a month of two days } }\n';
const RUN_ID = /2023-11-30-[0-9a-f]{16}/;
const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

function place(): string {
  const folder = workspace();
  for (const name of ['exports', 'policies', 'temp']) mkdirSync(join(folder, name));
  write(join(folder, 'exports'), CLEAN_MONTH);
  const both = { 'policy-2023-11.yaml': policyOf('2023-11'), 'policy-2023-12.yaml': policyOf('2023-12') };
  write(join(folder, 'policies'), both);
  return write(folder, { 'settle.yaml': `input: exports\n${FEW_DAYS}` });
}

test('a workspace as init makes it runs its night', async () => {
  const cwd = workspace();
  const { stdout } = await settle(['init', 'place'], { cwd });
  const words = /settle (nightly .*)$/m.exec(stdout)?.[1]?.split(' ') as string[];
  const { exit, stdout: said } = await settle(words, { cwd: join(cwd, 'place') });
  expect(exit).toBe(4); // a penalty of a kind that nobody names is to be looked at
  expect(said).toContain('\n  kind_unknown: 1 penalty of the kind title_clickbait');
  const [period = '', warning] = said.split('\n');
  expect(period).toMatch(/^content-live-2023-11 {2}.* {2}14 anchors {2}33,960\.08 CNY {2}for the date {2}out\/.*$/);
  expect(warning).toMatch(/^WARNING: no policy in \. is for 2023-12-01 and after/);
  const run = period.split('  ').at(-1) as string;
  expect((await settle(['verify', run], { cwd: join(cwd, 'place') })).exit).toBe(0);
});

test('one line a period on standard output; with --quiet none', DEEP, async () => {
  const cwd = place();
  const { exit, stdout, stderr } = await settle(NIGHT, { cwd });
  expect(exit).toBe(0);
  expect(stdout.split('\n')).toEqual([expect.stringMatching(RUN_ID), '']);
  expect(stderr).toContain('Settling ...\n');
  const quiet = await settle([...NIGHT, '--quiet'], { cwd });
  expect([quiet.exit, quiet.stdout, quiet.stderr]).toEqual([0, '', '']);
});

test('--json: the night, what it loaded and every period, on one line; whatever the zone', DEEP, async () => {
  const cwd = place();
  const { exit, json } = await settle([...NIGHT, '--json'], { cwd, env: { TZ: 'America/New_York' } });
  expect(exit).toBe(0);
  expect(json).toEqual({
    night: expect.stringMatching(/^\d{8}T\d{6}-[0-9a-f]{8}$/),
    duration_seconds: expect.any(Number),
    date: '2023-11-30',
    load: 1,
    others: [],
    exports: {
      ...{ folder: 'exports', files: 2, gone: 0, for_date: true },
      last_new: { anchors: expect.stringMatching(TIME), sessions: expect.stringMatching(TIME) },
    },
    place: [],
    unclosed: [],
    warnings: [],
    failures: [],
    loaded: [
      expect.objectContaining({ file: 'anchors.csv', load: 1, rows: 2, quarantined: 0 }),
      expect.objectContaining({ file: 'sessions.csv', load: 1, rows: 2 }),
    ],
    known: 0,
    periods: [
      {
        policy: 'content-live-2023-11',
        period: { from: '2023-11-01', to: '2023-11-30' },
        as_of: '2023-11-30',
        provisional: false,
        why: 'date',
        touched: [],
        run_id: expect.stringMatching(RUN_ID),
        run_dir: expect.stringMatching(join(cwd, 'out')),
        exit: 0,
        already_there: false,
        budget: null,
        closed: null,
        restated: null,
        totals: expect.objectContaining({ anchors: 2, total: '30.00' }),
        quarantined: 0,
        notices: expect.objectContaining({ attention: 0 }),
        verified: null,
        upgrade: null,
        attention: [],
        faults: [],
        moved: null,
      },
    ],
  });
});

test('yesterday is Beijing’s, whatever the machine’s zone', DEEP, async () => {
  const cwd = place();
  const day = (ms: number): string => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);
  const before = day(Date.now() - 86_400_000);
  const { exit, json } = await settle(['nightly', '--json'], { cwd, env: { TZ: 'Pacific/Kiritimati' } });
  expect(exit).toBe(2);
  const said = /no policy in policies is for (\S+)$/.exec(json.error.message)?.[1];
  expect([before, day(Date.now() - 86_400_000)]).toContain(said);
});

test('a policy that lacks is on standard error and in JSON; the rest is done', DEEP, async () => {
  const cwd = place();
  write(join(cwd, 'exports'), { 'session-3.csv': '', '.DS_Store': '' });
  const words = ['nightly', '--date', '2024-01-01'];
  const { exit, stdout, stderr } = await settle(words, { cwd });
  expect(exit).toBe(2);
  expect(stdout.split('\n').slice(1)).toEqual([
    'FAILED (policy): no policy in policies is for 2024-01-01',
    'ignored: .DS_Store',
    'New tonight:',
    expect.stringMatching(/^ {2}file_ignored: session-3\.csv looks like an export of sessions/),
    'Whatever is as it should be, accept:',
    '  settle accept --place --by NAME --all',
    '',
  ]);
  expect(stderr).toMatch(/error: no policy in policies is for 2024-01-01\nPut the policy of that day there/);
  const { json } = await settle([...words, '--json'], { cwd });
  expect(json).toMatchObject({
    error: { code: 'policy' },
    failures: [{ code: 'policy', file: 'policies', mend: expect.stringContaining('Put the policy') }],
    place: [
      { code: 'file_ignored', severity: 'info', file: '.DS_Store', subject: '', count: null, value: '' },
      { code: 'file_ignored', severity: 'attention', file: 'session-3.csv' },
    ],
  });
});

test('a period that fails is on standard error and in JSON, and its exit is the night’s', DEEP, async () => {
  const cwd = place();
  const { json } = await settle([...NIGHT, '--json'], { cwd });
  write(join(cwd, 'out/content-live-2023-11', (json.periods as { run_id: string }[])[0]?.run_id as string), {
    'days.csv': 'changed',
  });
  const quiet = await settle([...NIGHT, '--quiet'], { cwd });
  expect([quiet.exit, quiet.stdout]).toEqual([1, '']);
  expect(quiet.stderr).toMatch(/^error: .* was changed since it was published \(days\.csv\)\nSee what/);
  const again = await settle([...NIGHT, '--json'], { cwd });
  expect(again.exit).toBe(1);
  expect(again.json).toMatchObject({ error: { code: 'machine' }, periods: [{ exit: 1, error: { code: 'machine' } }] });
});

test('terminated: 143, the log says so to its end, and the next night takes up from there', DEEP, async () => {
  const cwd = place();
  const many = Array.from({ length: 40_000 }, (_, at) => ({ id: `m${at}`, anchor: `a${1 + (at % 2)}` }));
  write(join(cwd, 'exports'), { 'sessions-many.csv': sessionsCsv(...many) });
  const env = { TMPDIR: join(cwd, 'temp') };
  let sent = false;
  const { exit, json } = await settle([...NIGHT, '--log', 'log.jsonl', '--metrics', 'settle.prom', '--json'], {
    cwd,
    env,
    onStderr: (said, child) => {
      if (sent || !said.includes('Settling')) return;
      sent = true;
      child.kill('SIGTERM');
    },
  });
  expect([exit, json.error.code]).toEqual([143, 'terminated']);
  const log = readFileSync(join(cwd, 'log.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(log.map(({ event }) => event).slice(-2)).toEqual(['signal', 'end']);
  expect(log.at(-1)).toMatchObject({ exit: 143, code: 'terminated', duration_seconds: expect.any(Number) });
  expect(log.at(-1).duration_seconds).toBeGreaterThan(0);
  expect(new Set(log.map(({ night }) => night)).size).toBe(1);
  const metrics = familiesIn(readFileSync(join(cwd, 'settle.prom'), 'utf8'));
  expect(metrics.get('settle_nightly_exit_code')?.samples).toMatchObject([{ value: '143' }]);
  expect(filesIn(join(cwd, 'out'))).toEqual(['notices-place.csv']);
  const after = await settle([...NIGHT, '--json'], { cwd, env });
  expect(after.json).toMatchObject({ loaded: [], periods: [{ exit: 4, already_there: false }] }); // sessions overlap
  expect(filesIn(join(cwd, 'temp'))).toEqual([]);
});
