import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { diff } from '../../src/commands/diff.js';
import { explain } from '../../src/commands/explain.js';
import { nightly } from '../../src/commands/nightly.js';
import { run } from '../../src/commands/run.js';
import { register } from '../../src/programmes/registry.js';
import { summaryOf } from '../../src/report/run.js';
import { verifyRun } from '../../src/runs/verify-run.js';
import type { RunResult } from '../../src/settle/run-result.js';
import { closeAccepted } from '../support/accepting.js';
import { DEEP } from '../support/deep.js';
import { sessionsCsv } from '../support/exports.js';
import { filesIn, overwrite, SAMPLE_POLICY, SILENT, workspace, write } from '../support/workspace.js';
import { FLAT_FEE } from './flat-fee/programme.js';

/** The engine knows no programme: one that it has never seen is settled, verified, closed, restated, compared and explained. */

register(FLAT_FEE);

let folder: string;
let days: number;
beforeEach(() => {
  folder = workspace();
  days = 0;
  mkdirSync(join(folder, 'exports'));
  mkdirSync(join(folder, 'policies'));
  write(join(folder, 'policies'), { 'flat-2023-11.yaml': policy('10.00') });
  write(join(folder, 'exports'), {
    'sessions.csv': sessionsCsv({ id: 's1' }, { id: 's2', anchor: 'b2' }, { id: 's3', anchor: 'b2', settleable: 'N' }),
  });
});

const policy = (fee: string, from = 30): string =>
  `id: flat-2023-11\nrules: flat-fee\nperiod: { from: 2023-11-01, to: 2023-11-30 }\nfee: { per_session: "${fee}", min_minutes: ${from} }\n`;
const places = () => ({ out: join(folder, 'out'), warehouse: join(folder, 'w.duckdb') });
/** A day more with every command, all of them after the period. */
const context = () => {
  days += 1;
  const now = Date.UTC(2024, 0, days);
  return { ...SILENT, summary: true, clock: () => now };
};
const settled = (): Promise<RunResult> =>
  run(
    {
      policy: join(folder, 'policies', 'flat-2023-11.yaml'),
      input: join(folder, 'exports'),
      ...places(),
      strict: false,
      statements: true,
    },
    context(),
  );
const lines = (result: RunResult, file: string): string[] =>
  readFileSync(join(result.runDir, file), 'utf8').trimEnd().split('\n').slice(1);

test('it is settled, and its own second implementation agrees', async () => {
  const result = await settled();
  expect(lines(result, 'settlement.csv')).toEqual([
    '2023-11-01,2023-11-30,a1,,1,1,10.00',
    '2023-11-01,2023-11-30,b2,,2,1,10.00',
  ]);
  expect(result.manifest.totals).toMatchObject({ anchors: 2, sessions: 3, valid_sessions: 2, total: '20.00' });
  expect(filesIn(result.runDir).sort()).toEqual([
    'fees.csv',
    'manifest.json',
    'notices.csv',
    'policy.yaml',
    'quarantine.csv',
    'settlement.csv',
  ]);
  expect(await verifyRun(result.runDir)).toMatchObject({ count: 0, sessions: 3, anchors: 2 });
  expect(summaryOf(result, (_, text) => text, 'out')).toMatch(/Total payable +20\.00 +CNY/);
});

test('a fen too much is found by its own second implementation', async () => {
  const { runDir } = await settled();
  const file = join(runDir, 'fees.csv');
  overwrite(file, readFileSync(file, 'utf8').replace('Y,10.00', 'Y,10.01'));
  const { differences } = await verifyRun(runDir);
  expect(differences).toContainEqual(expect.objectContaining({ file: 'fees.csv', column: 'fee', clause: 'F2' }));
});

test('a session of just the minutes counts, one of a second less does not', async () => {
  write(join(folder, 'exports'), {
    'sessions.csv': sessionsCsv({ id: 's1', end: '20:30:00' }, { id: 's2', anchor: 'b2', end: '20:29:59' }),
  });
  expect(lines(await settled(), 'settlement.csv').map((line) => line.split(',').at(-1))).toEqual(['10.00', '0.00']);
});

test('a closed month is restated by lines, and what caused them is told', DEEP, async () => {
  const first = await settled();
  await closeAccepted(first.runDir, { ...places(), by: 'Wang Li' }, context());
  write(join(folder, 'exports'), { 'sessions-late.csv': sessionsCsv({ id: 's4' }) });
  const second = await settled();
  expect(lines(second, 'adjustments.csv')).toEqual(['a1,,2023-11-05,fee,10.00,20.00,10.00,sessions_late:10.00']);
  expect(second.manifest.restates).toMatchObject({ revision: 1, lines: 1, delta: '10.00' });
  expect(await verifyRun(second.runDir)).toMatchObject({ count: 0 });
  const { answer } = await diff(
    first.manifest.run_id,
    second.manifest.run_id,
    { ...places(), statements: true } as never,
    context(),
  );
  expect(answer).toMatchObject({
    total: { a: '20.00', b: '30.00', delta: '10.00', causes: { sessions_late: '10.00' } },
  });
});

test('another fee is the cause of its difference, by its key', async () => {
  const { manifest } = await settled();
  const other = join(folder, 'other.yaml');
  writeFileSync(other, policy('12.50'));
  const { answer } = await diff(manifest.run_id, undefined, { ...places(), policy: other } as never, context());
  expect(answer).toMatchObject({
    total: { delta: '5.00', causes: { policy: '5.00' }, policy_keys: { 'fee.per_session': '5.00' } },
  });
});

test('it is explained in two languages', async () => {
  const { manifest } = await settled();
  const explained = (lang: string) => explain(manifest.run_id, { ...places(), anchor: 'b2', lang }, context());
  expect((await explained('en')).text((_, text) => text)).toBe(
    '2023-11-05 s2 10.00 paid\n2023-11-05 s3 0.00 not settleable\ntotal 10.00\n',
  );
  expect((await explained('zh')).text((_, text) => text)).toContain('不结算');
});

test('a night settles it beside the incentive, each by its own rules', DEEP, async () => {
  writeFileSync(
    join(folder, 'policies', 'content.yaml'),
    `programme: content-live\n${readFileSync(SAMPLE_POLICY, 'utf8')}`,
  );
  write(join(folder, 'exports'), { 'anchors.csv': 'anchor_id,account_kind,first_live_on\na1,content,2023-03-01\n' });
  const options = { ...places(), input: join(folder, 'exports'), policies: join(folder, 'policies'), statements: true };
  const night = await nightly({ ...options, date: '2023-11-30' }, context());
  expect(night.failures).toEqual([]);
  const totals = night.periods.map(({ policy, totals }) => [policy, Object.keys(totals ?? {}).length > 4]);
  expect(totals).toEqual([
    ['content-live-2023-11', true],
    ['flat-2023-11', false],
  ]);
  write(join(folder, 'exports'), { 'sessions-late.csv': sessionsCsv({ id: 's4' }) });
  const next = await nightly({ ...options, date: '2023-12-01' }, context());
  expect(next.periods.map(({ policy, why }) => [policy, why])).toContainEqual(['flat-2023-11', 'data']);
});

test('a key that its policies do not know is refused by line', async () => {
  write(join(folder, 'policies'), { 'flat-2023-11.yaml': policy('10.00').replace('min_minutes', 'min_minute') });
  await expect(settled()).rejects.toMatchObject({ code: 'policy', message: expect.stringContaining('min_minute') });
});
