import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import { CLEAN_MONTH, SESSIONS_HEADER } from '../support/exports.js';
import { edited, read, refused, SAMPLE } from '../support/policy-sample.js';
import { settle as settleByProgram } from '../support/program.js';
import { settle, workspace, write } from '../support/workspace.js';

/** Policies that are hostile by what they look like, or by how far they reach; what is no policy at all is refused in test/unit. */

const CYRILLIC_C = '\u0441';

test.each<[what: string, from: string, to: string, line: number, key: string]>([
  [
    'a key with a letter of another script',
    'cap: "160.00"',
    `${CYRILLIC_C}ap: "160.00"`,
    21,
    'watch_time.daily_caps[0]',
  ],
  ['a key with a zero-width space', 'currency:', 'curr\u200bency:', 1, ''],
  ['a key with a byte order mark', 'currency:', '\ufeffcurrency:', 1, ''],
  ['a word with a zero-width space', 'CNY', 'CNY\u200b', 3, 'currency'],
  ['digits of another script', 'renewed_every_days: 10', 'renewed_every_days: １０', 15, 'scarcity.renewed_every_days'],
  [
    'a no-break space before a value',
    'renewed_every_days: 10',
    'renewed_every_days: \u00a010',
    15,
    'scarcity.renewed_every_days',
  ],
  ['an octal number', 'renewed_every_days: 10', 'renewed_every_days: 0o12', 15, 'scarcity.renewed_every_days'],
  ['a grouped number', 'renewed_every_days: 10', 'renewed_every_days: 1_0', 15, 'scarcity.renewed_every_days'],
  ['a leap day that is none', '2023-02-01', '2100-02-29', 7, 'scope.first_live_on_or_after'],
  ['an id with an override of direction', 'id: content-live-2023-11', 'id: "\u202econtent"', 1, 'id'],
  ['a decimal of ten thousand digits', '"500.00"', `"${'9'.repeat(10_000)}.00"`, 27, 'newcomer_bonus.tiers[0].amount'],
])('%s is refused', (_what, from, to, line, key) => {
  const { faults } = refused(edited([from, to]));
  expect(faults.some((fault) => fault.line === line && fault.key.startsWith(key))).toBe(true);
});

test('a key twice in JSON is refused, too', () => {
  const json = JSON.stringify(parse(SAMPLE)).replace('{', '{"currency":"CNY",');
  expect(refused(json).message).toContain('a second time');
  expect(refused(json.replace('"currency"', '"curr\\u0065ncy"')).message).toContain('a second time');
});

test('what a policy says cannot steer a terminal', async () => {
  const cwd = workspace();
  writeFileSync(
    join(cwd, 'policy.yaml'),
    edited(['CNY', '"\\e[31m\\u202e\\x9b\\u2028"'], ['valid_day:', '"\\e]0;x\\a": 1\nvalid_day:']),
  );
  const said = await settleByProgram(['policy', 'check', 'policy.yaml', '--json'], { cwd });
  expect(said.exit).toBe(2);
  expect(`${said.stdout}${said.stderr}`).not.toMatch(/[^\P{C}\n]|\u2028/u);
});

test('the last year that there is, and the highest of every figure', async () => {
  const folder = workspace();
  const most = edited(
    ['{ from: 2023-11-01, to: 2023-11-30 }', '{ from: 2099-01-01, to: 2099-12-31 }'],
    ['2023-02-01', '2000-01-01'],
    ['months: 1', 'months: 1200'],
    ['within_days: 30', 'within_days: 36500'],
    ['window_days: 30', 'window_days: 36500'],
    ['every_days: 10', 'every_days: 36500'],
    ['"160.00"', '"999999999999999999.99"'],
    ['"0.010000"', '"999999.999999"'],
    [
      'valid_days: 10, valid_minutes: 1200, amount: "500.00"',
      'valid_days: 0, valid_minutes: 0, amount: "999999999999999999.99"',
    ],
  );
  expect(read(most).period.to).toBe('2099-12-31');
  mkdirSync(join(folder, 'exports'));
  write(folder, { 'policy.yaml': most });
  const row = (id: string, day: string): string =>
    `${id},a1,${day} 00:00:00,${day} 23:59:59,Y,2,x,9999999999999.99,999999.999999,9999.999`;
  write(join(folder, 'exports'), {
    ...CLEAN_MONTH,
    'sessions.csv': `${[SESSIONS_HEADER, row('s1', '2099-01-01'), row('s2', '2099-12-31'), row('s3', '2099-02-28')].join('\n')}\n`,
  });
  const { exit, runDir, manifest } = await settle({
    policy: join(folder, 'policy.yaml'),
    input: join(folder, 'exports'),
    out: join(folder, 'out'),
  });
  expect([exit, manifest.accounting.settled]).toEqual([0, 3]);
  expect(await verifyRun(runDir)).toMatchObject({ differences: [], count: 0 });
});
