import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accept } from '../../src/commands/accept.js';
import { close } from '../../src/commands/close.js';
import { nightly } from '../../src/commands/nightly.js';
import { run } from '../../src/commands/run.js';
import { verifyAll } from '../../src/commands/verify.js';
import { noticeText } from '../../src/notices/notice-text.js';
import type { RunResult } from '../../src/settle/run-result.js';
import { DEEP } from '../support/deep.js';
import { sessionsCsv } from '../support/exports.js';
import { withIneligible } from '../support/policy-sample.js';
import { SAMPLE_POLICY, SAMPLES, SILENT, temporaryFolder, write } from '../support/workspace.js';

/** What others found against an anchor, and a run that is paid all the same: who may not be paid is never paid with no word. */

const HEADER = 'anchor_id,from,to,cause,clause';
const EXPELLED = 'a1,2023-11-20 23:59:59,,expelled,P2';
const FROZEN = 'a2,2023-11-05 20:00:00,2023-11-12 19:59:59,frozen,P2';
const NOBODY = 'nobody,2023-11-01 00:00:00,,expelled,P4';
const POINTS = join(SAMPLES, 'penalty-points/policy-2023-11.yaml');
const FED = 'ineligible-penalty-points-2023-11.csv';

let folder: string;
let days = 0;
const file = (name: string): string => join(folder, name);
const places = () => ({ out: file('out'), warehouse: file('w.duckdb') });
const context = () => {
  days += 1;
  const now = Date.UTC(2024, 0, days);
  return { ...SILENT, summary: true, clock: () => now };
};
const settled = (policy: string): Promise<RunResult> =>
  run({ policy: file(policy), input: file('exports'), ...places(), strict: false, statements: true }, context());
const lay = (...rows: string[]) => write(file('exports'), { 'ineligible.csv': `${[HEADER, ...rows].join('\n')}\n` });
const told = ({ place }: { place: RunResult['place'] }): string[] =>
  place.map(({ code, severity, subject, count, value }) => [code, severity, subject, count, value].join(' '));
const violations = (name: string, ...rows: string[]) =>
  write(file('exports'), { [name]: `${['violation_id,anchor_id,violated_at,points,status', ...rows].join('\n')}\n` });

afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(() => {
  folder = temporaryFolder();
  for (const name of ['exports', 'policies']) mkdirSync(file(name));
  const sample = readFileSync(SAMPLE_POLICY, 'utf8');
  write(folder, {
    'asks-nothing.yaml': sample,
    'asks-frozen.yaml': withIneligible(sample).replace('[frozen, unadmitted_digital_host, expelled]', '[frozen]'),
    'asks.yaml': withIneligible(sample),
    'points.yaml': readFileSync(POINTS, 'utf8'),
  });
  write(file('exports'), {
    'anchors.csv': 'anchor_id,account_kind,first_live_on\na1,content,2023-03-01\na2,content,2023-03-01\n',
    'sessions.csv': sessionsCsv(
      { id: 's1', day: '2023-11-19' },
      { id: 's2', day: '2023-11-20' },
      { id: 't1', anchor: 'a2', day: '2023-11-05' },
      { id: 't2', anchor: 'a2', day: '2023-11-13' },
    ),
  });
});

test('an export that the policy does not ask for is told where a session that it concerns is paid, and nowhere else', async () => {
  expect(told(await settled('asks-nothing.yaml'))).toEqual([]);
  lay();
  expect(told(await settled('asks-nothing.yaml'))).toEqual([]);
  lay(NOBODY, EXPELLED.replace('-20', '-21'));
  expect(told(await settled('asks-nothing.yaml'))).toEqual([]);
  lay(NOBODY, EXPELLED, FROZEN);
  const paid = await settled('asks-nothing.yaml');
  expect(told(paid)).toEqual([
    'ineligible_ignored attention content-live-2023-11;a1 1 expelled',
    'ineligible_ignored attention content-live-2023-11;a2 1 frozen',
  ]);
  expect(noticeText(paid.place[0] as never, 'zh')).toContain(
    '主播 a1 在此期间不具资格（清退），而 content-live-2023-11 仍有 1 场此类场次计为有效并支付',
  );
  const closing = close(paid.manifest.run_id, { ...places(), by: 'Wang Li' }, context());
  await expect(closing).rejects.toMatchObject({
    code: 'differs',
    message: expect.stringContaining('ineligible_ignored'),
  });
  expect(told(await settled('asks-frozen.yaml'))).toEqual([
    'ineligible_ignored attention content-live-2023-11;a1 1 expelled',
  ]);
  expect(told(await settled('asks.yaml'))).toEqual([]);
  expect((await verifyAll(file('out'), context())).answer).toMatchObject({ count: 0 });
});

test('a run by hand that points were never settled for, or not since, or whose find is not loaded, is told', async () => {
  rmSync(file('exports/ineligible.csv'));
  lay();
  violations('violations.csv', 'v1,a2,2023-11-05 20:00:00,5,upheld');
  expect(told(await settled('asks-nothing.yaml'))).toEqual([]);
  expect(told(await settled('asks.yaml'))).toEqual([
    'feed_stale attention content-live-2023-11;penalty-points 1 never',
  ]);
  const points = await settled('points.yaml');
  expect(told(points)).toEqual(['feed_stale attention content-live-2023-11;penalty-points 1 never']);
  expect(told(await settled('asks.yaml'))).toEqual([
    'feed_stale attention content-live-2023-11;penalty-points-2023-11 1 unfed',
  ]);
  write(file('exports'), { [FED]: readFileSync(join(points.runDir, 'ineligible.csv'), 'utf8') });
  expect(told(await settled('asks.yaml'))).toEqual([]);
  violations('violations-2.csv', 'v2,a1,2023-11-20 12:00:00,40,upheld', 'v3,a3,2023-11-20 12:00:00,1,upheld');
  const stale = await settled('asks.yaml');
  expect(told(stale)).toEqual(['feed_stale attention content-live-2023-11;penalty-points-2023-11 2 later']);
  expect(noticeText(stale.place[0] as never, 'zh')).toContain(
    'penalty-points-2023-11 的最新结果（其后又有新的导出文件，2 行）',
  );
  expect(stale.place[0]?.message).toContain(`copy ineligible.csv of that run among the exports as ${FED}`);
});

test('a night feeds and then looks: what was stale is told no longer, and what nobody asks for is', DEEP, async () => {
  rmSync(file(`exports/${FED}`));
  for (const name of ['points.yaml', 'asks.yaml']) renameSync(file(name), file(`policies/${name}`));
  const night = (date: string) =>
    nightly({ ...places(), input: file('exports'), policies: file('policies'), statements: true, date }, context());
  const fed = await night('2023-11-30');
  expect(told(fed)).toEqual([]);
  writeFileSync(file('policies/asks.yaml'), readFileSync(file('asks-frozen.yaml'), 'utf8'));
  const first = await night('2023-11-30');
  expect(told(first)).toEqual(['ineligible_ignored attention content-live-2023-11;a1 1 expelled']);
  expect(first.place[0]).toMatchObject({ accepted: false, new: true });
  expect(first.exit).toBe(4);
  await accept(undefined, { ...places(), place: true, by: 'Wang Li', all: true } as never, context());
  const second = await night('2023-11-30');
  expect(second.place[0]).toMatchObject({ accepted: true, new: false });
  // Without the policy of points nobody settles what is new of them.
  rmSync(file('policies/points.yaml'));
  writeFileSync(file('policies/asks.yaml'), readFileSync(file('policies/asks.yaml'), 'utf8'));
  violations('violations-3.csv', 'v4,a2,2023-11-13 10:00:00,5,upheld');
  expect(told(await night('2023-11-30'))).toEqual([
    'feed_stale attention content-live-2023-11;penalty-points-2023-11 1 later',
    'ineligible_ignored attention content-live-2023-11;a1 1 expelled',
  ]);
});
