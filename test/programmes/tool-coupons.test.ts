import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explainSubject } from '../../src/commands/explain.js';
import { verifyRun } from '../../src/runs/verify-run.js';
import { DEEP } from '../support/deep.js';
import { OTHERS } from '../support/programmes.js';
import { seeded } from '../support/seeded.js';
import { SILENT, settle, workspace, write } from '../support/workspace.js';

/** T1 to T3: coupons for tools. The rules have their cases beside the SQL; here whole runs are held against the stranger. */

const { policy = '', exports = '' } = OTHERS.find(({ programme }) => programme.name === 'tool-coupons') ?? {};
const two = (value: number): string => String(value).padStart(2, '0');

test('each fault of the sample has its reason', async () => {
  const { runDir, manifest } = await settle({ policy, input: exports, out: join(workspace(), 'out') });
  const rows = readFileSync(join(runDir, 'coupons.csv'), 'utf8').trimEnd().split('\n').slice(1);
  const reasons = Object.fromEntries(
    rows.map((row) => [row.split(',')[1], row.split(',').at(-1)]).filter(([, why]) => why !== ''),
  );
  expect(reasons).toEqual({
    c02: 'second_claim',
    c03: 'sub_account',
    c06: 'other_region',
    c07: 'unknown_account',
    r02: 'already_redeemed',
    r03: 'another_day',
    r04: 'without_claim',
    r06: 'sub_account',
  });
  expect(manifest.totals).toEqual({ claims: 8, coupons: 4, redemptions: 6, redeemed: 2 });
});

test('an account is explained clause by clause', async () => {
  const out = join(workspace(), 'out');
  const { manifest } = await settle({ policy, input: exports, out });
  const explained = async (lang: string) =>
    (await explainSubject(manifest.run_id, { out, of: 'm1001', lang }, SILENT)).text((_, text) => text);
  expect(await explained('en')).toContain('the main account had its coupon of this tool already (T1)');
  expect(await explained('zh')).toContain('该主账号已领取过该工具的优惠券（T1）');
});

/** Days around the period, seconds around midnight, accounts of every sort, and tools that differ by a mark alone. */
const row = fc.record({
  id: fc.integer({ min: 1, max: 30 }),
  account: fc.constantFrom('m1', 'm2', 's1', 's2', 'hk', 'hk-s', 'nobody', '1234567890123456789'),
  tool: fc.constantFrom('直通车', "'=x", '=x', 'a, "b"'),
  day: fc.integer({ min: 0, max: 4 }),
  time: fc.constantFrom('00:00:00', '12:00:00', '12:00:01', '23:59:59'),
});
type Drawn = typeof row extends fc.Arbitrary<infer R> ? R : never;
const dateAt = (day: number): string =>
  ['2022-08-31', '2022-09-01', '2022-09-02', '2022-09-30', '2022-10-01'][day] as string;
const cell = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const linesOf = (head: string, letter: string, rows: readonly Drawn[]): string =>
  [head, ...new Map(rows.map((each) => [each.id, each])).values()]
    .map((each) =>
      typeof each === 'string'
        ? each
        : `${letter}${two(each.id)},${each.account},${cell(each.tool)},${dateAt(each.day)} ${each.time}`,
    )
    .join('\n')
    .concat('\n');
const month = fc.record({
  claims: fc.array(row, { maxLength: 25 }),
  redemptions: fc.array(row, { maxLength: 25 }),
  most: fc.constantFrom(1, 1, 2),
  days: fc.constantFrom(1, 1, 2, 30),
  subs: fc.boolean(),
});

async function agree(runs: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(month, async ({ claims, redemptions, most, days, subs }) => {
      const folder = workspace();
      write(folder, {
        'policy.yaml': `id: c-2022-09\nrules: tool-coupons\nperiod: { from: 2022-09-01, to: 2022-09-30 }\ncoupon: { regions: [mainland], per_main_account_and_tool: ${most}, valid_days: ${days} }\nredemption: { by_sub_accounts: ${subs} }\n`,
        'merchant_accounts.csv':
          'account_id,main_account_id,region\nm1,,mainland\nm2,m2,中国大陆\ns1,m1,mainland\ns2,gone,mainland\nhk,,香港\nhk-s,hk,mainland\n1234567890123456789,,mainland\n',
        'coupon_claims.csv': linesOf('claim_id,account_id,tool,claimed_at', 'c', claims),
        'coupon_redemptions.csv': linesOf('redemption_id,account_id,tool,redeemed_at', 'r', redemptions),
      });
      const { runDir } = await settle({ policy: join(folder, 'policy.yaml'), input: folder, out: join(folder, 'out') });
      expect((await verifyRun(runDir)).differences).toEqual([]);
    }),
    seeded(runs),
  );
}

test('random months are judged as the second implementation judges them', () => agree(3));
test('a hundred of them', { ...DEEP, timeout: 600_000 }, () => agree(100));
