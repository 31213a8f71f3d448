import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explainSubject } from '../../src/commands/explain.js';
import { nightly } from '../../src/commands/nightly.js';
import { verifyRun } from '../../src/runs/verify-run.js';
import { closeAccepted } from '../support/accepting.js';
import { DEEP } from '../support/deep.js';
import { sessionsCsv } from '../support/exports.js';
import { withIneligible } from '../support/policy-sample.js';
import { OTHERS } from '../support/programmes.js';
import { seeded } from '../support/seeded.js';
import { SAMPLE_POLICY, SILENT, settle, workspace, write } from '../support/workspace.js';

/** P1 to P6: penalty points. The rules have their cases beside the SQL; here whole runs, and what they feed. */

const { policy = '', exports = '' } = OTHERS.find(({ programme }) => programme.name === 'penalty-points') ?? {};
const lines = (runDir: string, file: string): string[] =>
  readFileSync(join(runDir, file), 'utf8').trimEnd().split('\n').slice(1);

test('thresholds, a severe case, a revoked one and a new year each have what follows from them', async () => {
  const out = join(workspace(), 'out');
  const { runDir, manifest } = await settle({ policy, input: exports, out });
  const followed = lines(runDir, 'points.csv').map((row) => [row.split(',')[0], row.split(',').at(-1)].join(' '));
  expect(followed.filter((row) => !row.endsWith(' '))).toEqual([
    'V0501 freeze_live',
    'V0502 freeze_account',
    'V0503 freeze_account',
    'V0505 freeze_live',
    'V0506 expel',
    'V0507 expel',
    'V0510 freeze_account',
    'V0511 freeze_account',
  ]);
  expect(manifest.totals).toEqual({ violations: 10, freezes: 6, expulsions: 2, viewers_closed: 2 });
  const explained = async (lang: string) =>
    (await explainSubject(manifest.run_id, { out, of: 'A1009', lang }, SILENT)).text((_, text) => text);
  expect(await explained('en')).toContain('expelled, and never readmitted (P2)');
  expect(await explained('zh')).toContain('清退且不允许再入驻（P2）');
});

test('a night feeds the incentive, and a violation that is revoked after the close is restated through its freeze', async () => {
  const folder = workspace();
  for (const name of ['policies', 'exports']) mkdirSync(join(folder, name));
  const places = { out: join(folder, 'out'), warehouse: join(folder, 'w.duckdb') };
  write(join(folder, 'policies'), {
    'a-content.yaml': `programme: content-live\n${withIneligible(readFileSync(SAMPLE_POLICY, 'utf8'))}`,
    'b-points.yaml': readFileSync(policy, 'utf8'),
  });
  const violations = (status: string): string =>
    `violation_id,anchor_id,violated_at,points,status\nv1,a1,2023-11-05 20:00:00,5,${status}\nv2,nobody,2023-11-06 20:00:00,40,upheld\n`;
  write(join(folder, 'exports'), {
    'anchors.csv': 'anchor_id,account_kind,first_live_on\na1,content,2023-03-01\n',
    'sessions.csv': sessionsCsv({ id: 's1' }, { id: 's2', day: '2023-11-12' }),
    'violations.csv': violations('upheld'),
  });
  const options = { ...places, input: join(folder, 'exports'), policies: join(folder, 'policies'), statements: true };
  let days = 4;
  const night = (date: string) => {
    days += 1;
    return nightly({ ...options, date }, { ...SILENT, clock: () => Date.UTC(2023, 11, days, 2) });
  };
  const first = await night('2023-11-30');
  expect(first.failures).toEqual([]);
  const [points, content] = first.periods;
  expect([points?.policy, content?.policy]).toEqual(['penalty-points-2023-11', 'content-live-2023-11']);
  expect(lines(content?.run_dir ?? '', 'sessions.csv').map((row) => row.split(',').at(-2))).toEqual(['frozen', '']);
  const inputs = JSON.parse(readFileSync(join(content?.run_dir ?? '', 'manifest.json'), 'utf8')).inputs;
  expect(inputs.map(({ file }: { file: string }) => file)).toEqual([
    'anchors.csv',
    'sessions.csv',
    'ineligible-penalty-points-2023-11.csv',
  ]);
  await closeAccepted(
    content?.run_id ?? '',
    { ...places, by: 'Wang Li' },
    { ...SILENT, clock: () => Date.UTC(2023, 11, 9) },
  );
  const quiet = await night('2023-12-01');
  expect(quiet.periods.filter(({ run_id }) => run_id !== null)).toEqual([]);
  writeFileSync(
    join(folder, 'exports', 'violations-2.csv'),
    'violation_id,anchor_id,violated_at,points,status\nv1,a1,2023-11-05 20:00:00,5,revoked\n',
  );
  days = 11;
  const second = await night('2023-12-11');
  expect(second.failures.filter(({ code }) => code !== 'policy')).toEqual([]); // no month follows in the folder
  const restated = second.periods.find((period) => period.policy === 'content-live-2023-11');
  expect(restated?.touched).toContainEqual({ what: 'ineligible anchor', rows: 1 });
  expect(lines(restated?.run_dir ?? '', 'adjustments.csv')).toEqual([
    'a1,,2023-11-05,watch_time,0.00,10.00,10.00,ineligible:10.00',
  ]);
  expect(await verifyRun(restated?.run_dir ?? '')).toMatchObject({ count: 0 });
}, 60_000);

/** Anchors with few violations and many, at New Year, at midnight, of one second, severe and revoked, in one order or another. */
const violation = fc.record({
  id: fc.integer({ min: 1, max: 40 }),
  who: fc.constantFrom('a1', 'a2', '1234567890123456789'),
  day: fc.constantFrom(
    '2022-12-31',
    '2023-01-01',
    '2023-06-30',
    '2023-12-30',
    '2023-12-31',
    '2024-01-01',
    '2024-01-31',
    '2024-02-01',
  ),
  time: fc.constantFrom('00:00:00', '12:00:00', '23:59:59'),
  points: fc.constantFrom(0, 1, 4, 5, 6, 10, 41),
  severe: fc.constantFrom('', 'N', '否', '', '', 'Y'),
  status: fc.constantFrom('', 'upheld', '生效', 'revoked'),
});
const months = fc.record({
  violations: fc.array(violation, { maxLength: 40 }),
  viewers: fc.array(violation, { maxLength: 30 }),
  from: fc.constantFrom('2023-12-01', '2024-01-01', '2023-12-15'),
  month: fc.constantFrom(1, 1, 1, 7),
  severe: fc.constantFrom('expel', 'none'),
  enough: fc.integer({ min: 1, max: 5 }),
  closes: fc.boolean(),
});
type Drawn = typeof violation extends fc.Arbitrary<infer R> ? R : never;
const rowsOf = (all: readonly Drawn[], line: (row: Drawn) => string): string =>
  [...new Map(all.map((each) => [each.id, each])).values()].map((row) => `${line(row)}\n`).join('');

async function agree(runs: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(months, async ({ violations, viewers, from, month, severe, enough, closes }) => {
      const folder = workspace();
      write(folder, {
        'policy.yaml': `id: p-random
rules: penalty-points
period: { from: ${from}, to: 2024-01-31 }
points:
  cleared_on: { month: ${month}, day: 1 }
  thresholds:
    - { points: 5, measure: freeze_live, days: 7 }
    - { points: 10, measure: freeze_account, days: 30, level: L0 }
    - { points: 40, measure: expel }
severe: { measure: ${severe} }
viewers: { violations: ${enough}, severe_closes: ${closes} }
`,
        'violations.csv': `violation_id,anchor_id,violated_at,points,severe,status\n${rowsOf(violations, (row) => `v${row.id},${row.who},${row.day} ${row.time},${row.points},${row.severe},${row.status}`)}`,
        'viewer_violations.csv': `violation_id,viewer_id,violated_at,severe,status\n${rowsOf(viewers, (row) => `w${row.id},${row.who},${row.day} ${row.time},${row.severe},${row.status}`)}`,
      });
      const { runDir } = await settle({ policy: join(folder, 'policy.yaml'), input: folder, out: join(folder, 'out') });
      expect((await verifyRun(runDir)).differences).toEqual([]);
    }),
    seeded(runs),
  );
}

test('random months are judged as the second implementation judges them', () => agree(3), 60_000);
test('a hundred of them', { ...DEEP, timeout: 600_000 }, () => agree(100));

test(
  'thresholds out of order, a freeze without days and an expulsion with some are refused by line',
  DEEP,
  async () => {
    const folder = workspace();
    const text = readFileSync(policy, 'utf8');
    const refused = async (changed: string): Promise<unknown> => {
      writeFileSync(join(folder, 'policy.yaml'), changed);
      return settle({ policy: join(folder, 'policy.yaml'), input: exports, out: join(folder, 'out') }).catch(
        (error: unknown) => error,
      );
    };
    for (const [changed, said] of [
      [text.replace('points: 10,', 'points: 5,'), 'more points'],
      [text.replace('measure: freeze_live, days: 7', 'measure: freeze_live'), 'the key days'],
      [text.replace('measure: expel }\n\n# P4', 'measure: expel, days: 9 }\n\n# P4'), 'an expulsion never ends'],
    ] as const)
      expect(await refused(changed)).toMatchObject({ code: 'policy', message: expect.stringContaining(said) });
  },
);
