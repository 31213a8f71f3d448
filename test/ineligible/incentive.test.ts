import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { diff } from '../../src/commands/diff.js';
import { explain } from '../../src/commands/explain.js';
import { packet } from '../../src/commands/packet.js';
import { run } from '../../src/commands/run.js';
import { verifyPacketFile } from '../../src/commands/verify.js';
import { verifyRun } from '../../src/runs/verify-run.js';
import type { RunResult } from '../../src/settle/run-result.js';
import { closeAccepted } from '../support/accepting.js';
import { DEEP } from '../support/deep.js';
import { sessionsCsv } from '../support/exports.js';
import { withIneligible } from '../support/policy-sample.js';
import { overwrite, SAMPLE_POLICY, SILENT, temporaryFolder, write } from '../support/workspace.js';

/** P6: what other programmes found against an anchor, in the figures, beside them, and once it is lifted after a close. */

const POLICY = withIneligible(readFileSync(SAMPLE_POLICY, 'utf8'), '[watch_time]');
const HEADER = 'anchor_id,from,to,cause,clause';
const FROZEN = 'a1,2023-11-05 20:00:00,2023-11-12 19:59:59,frozen,P2';
const EXPELLED = 'a2,2023-11-20 23:59:59,,expelled,P2';
const HOST = 'a1,2023-11-25 20:00:00,2023-11-25 20:00:00,unadmitted_digital_host,D6';
const UNKNOWN = 'nobody,2023-11-01 00:00:00,,expelled,P4';

let folder: string;
let first: RunResult;
let older: RunResult;
let days = 0;
const places = () => ({ out: join(folder, 'out'), warehouse: join(folder, 'w.duckdb') });
const context = () => {
  days += 1;
  const now = Date.UTC(2024, 0, days);
  return { ...SILENT, summary: true, clock: () => now };
};
const file = (name: string): string => join(folder, name);
const settled = (policy = 'policy.yaml'): Promise<RunResult> =>
  run({ policy: file(policy), input: file('exports'), ...places(), strict: false, statements: true }, context());
const lines = (result: RunResult, name: string): string[] =>
  readFileSync(join(result.runDir, name), 'utf8').trimEnd().split('\n').slice(1);
const ineligible = (...rows: string[]): string => `${[HEADER, ...rows].join('\n')}\n`;
const reasons = (result: RunResult): string[] =>
  lines(result, 'sessions.csv').map((line) => [line.split(',')[0], line.split(',').at(-2)].join(' '));

afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(async () => {
  folder = temporaryFolder();
  mkdirSync(file('exports'));
  writeFileSync(file('policy.yaml'), POLICY);
  writeFileSync(file('older.yaml'), readFileSync(SAMPLE_POLICY));
  write(file('exports'), {
    'anchors.csv': ['a1', 'a2', 'a3'].reduce(
      (text, id) => `${text}${id},g1,content,2023-03-01\n`,
      'anchor_id,agency_id,account_kind,first_live_on\n',
    ),
    'sessions.csv': sessionsCsv(
      { id: 's1' },
      { id: 's2', day: '2023-11-13' },
      { id: 's3', day: '2023-11-25' },
      { id: 't1', anchor: 'a2', day: '2023-11-19' },
      { id: 't2', anchor: 'a2', day: '2023-11-20' },
      { id: 'u1', anchor: 'a3', day: '2023-11-20' },
    ),
  });
  const before = await settled('older.yaml');
  write(file('exports'), { 'ineligible.csv': ineligible(UNKNOWN, HOST, FROZEN, EXPELLED) });
  older = await settled('older.yaml');
  // A policy that doesn't ask is settled as if the file were not there.
  expect([older.manifest.run_id, older.manifest.outputs]).toEqual([before.manifest.run_id, before.manifest.outputs]);
  first = await settled();
});

test('a freeze, a stop and an expulsion make sessions invalid, each by its reason', async () => {
  expect(reasons(first)).toEqual(['s1 frozen', 's2 ', 's3 unadmitted_digital_host', 't1 ', 't2 expelled', 'u1 ']);
  expect(
    lines(first, 'settlement.csv').map((line) => line.split(',').slice(5, 6).concat(line.split(',').slice(-3))),
  ).toEqual([
    ['payable', '0.00', '10.00', ''],
    ['disqualified', '10.00', '0.00', 'expelled'],
    ['payable', '0.00', '10.00', ''],
  ]);
  expect(lines(first, 'inputs/ineligible.csv')).toEqual([
    `${FROZEN},ineligible.csv,4`,
    `${HOST},ineligible.csv,3`,
    `${EXPELLED},ineligible.csv,5`,
  ]);
  expect(await verifyRun(first.runDir)).toMatchObject({ count: 0, sessions: 6 });
});

test('a run of a policy that does not ask is found again in a warehouse that holds more', async () => {
  const asked = { ...places(), anchor: 'a1' };
  const explained = await explain(older.manifest.run_id, asked, context());
  expect(explained.text((_, text) => text)).not.toContain('frozen');
});

test('a forged freeze is found by the second implementation', DEEP, async () => {
  const path = join(first.runDir, 'inputs/ineligible.csv');
  const text = readFileSync(path, 'utf8');
  overwrite(path, text.replace('2023-11-05 20:00:00', '2023-11-05 20:00:01'));
  const found = (await verifyRun(first.runDir)).differences;
  overwrite(path, text);
  expect(found).toContainEqual(
    expect.objectContaining({ file: 'sessions.csv', key: 's1', column: 'reasons', expected: '' }),
  );
});

test('an explanation names the freeze with its clause, in two languages', async () => {
  const of = async (lang: string, anchor: string, session?: string): Promise<string> =>
    (await explain(first.manifest.run_id, { ...places(), anchor, session, lang }, context())).text((_, text) => text);
  expect(await of('en', 'a1', 's1')).toContain('lift what holds from 2023-11-05 20:00:00 on (P2)');
  expect(await of('zh', 'a1', 's1')).toContain('撤销自 2023-11-05 20:00:00 起的处置（P2）');
  expect(await of('en', 'a2')).toContain('2023-11-20 23:59:59 on (P2)');
  expect(await of('zh', 'a2')).toMatch(/清退：已触发/);
});

test('what is lifted after the close is restated under its own cause, and an agency sees it', DEEP, async () => {
  await closeAccepted(first.runDir, { ...places(), by: 'Wang Li' }, context());
  const made = await packet(first.manifest.run_id, { runs: places().out, agency: 'g1', out: file('packets') }, SILENT);
  const [path = ''] = (made.answer as { files: string[] }).files;
  expect((await verifyPacketFile(path, {}, SILENT)).answer).toMatchObject({ count: 0 });
  expect(readFileSync(path, 'utf8')).toContain(`${FROZEN},ineligible.csv,4`);
  write(file('exports'), { 'ineligible.csv': ineligible(HOST) });
  const second = await settled();
  expect(lines(second, 'adjustments.csv')).toEqual([
    'a1,g1,2023-11-05,watch_time,0.00,10.00,10.00,ineligible:10.00',
    'a2,g1,,forfeited,-10.00,0.00,10.00,ineligible:10.00',
    'a2,g1,2023-11-20,watch_time,0.00,10.00,10.00,ineligible:10.00',
  ]);
  expect(await verifyRun(second.runDir)).toMatchObject({ count: 0 });
  const asked = { ...places(), statements: true } as never;
  const { answer } = await diff(first.manifest.run_id, second.manifest.run_id, asked, context());
  expect(answer).toMatchObject({ total: { causes: { ineligible: '30.00' } } });
});
