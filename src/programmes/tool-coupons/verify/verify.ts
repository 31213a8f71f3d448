import { Differences } from '../../../verify/differences.js';
import { byteOrder, guarded } from '../../../verify/forms.js';
import { checkSorted, compareList, compareTotals, type OpenedLists, openLists } from '../../../verify/lists/lists.js';
import type { VerifyOptions, VerifyReport } from '../../../verify/report.js';
import { type Account, type Claim, judgeClaims, judgeRedemptions, type Redemption, type Terms } from './judged.js';

/** The stranger: every claim and redemption judged again, from the clauses and the folder's own inputs alone. */

const LIST = 'coupons.csv';
const HEADERS = {
  [LIST]: 'event,event_id,account_id,main_account_id,tool,happened_at,coupon_id,stands,reasons',
  'inputs/coupon_claims.csv': 'claim_id,account_id,tool,claimed_at,source_file,source_line',
  'inputs/coupon_redemptions.csv': 'redemption_id,account_id,tool,redeemed_at,source_file,source_line',
  'inputs/merchant_accounts.csv': 'account_id,main_account_id,region,source_file,source_line',
} as const;

export async function verifyRun(runDir: string, { most = 100 }: VerifyOptions = {}): Promise<VerifyReport> {
  const differences = new Differences(most);
  const files = Object.entries(HEADERS).map(([file, header]) => ({ file, header }));
  const opened = openLists(runDir, files, differences);
  const rows = opened === undefined ? 0 : check(opened, differences);
  const { list, count } = differences;
  const none = { anchors: 0, sessions: 0, statements: 0 };
  return { run_id: opened?.manifest.run_id ?? '', ...none, rows, differences: list, count };
}

function check({ manifest, policy, rows }: OpenedLists, differences: Differences): number {
  const terms = termsOf(policy, manifest.as_of, differences);
  if (terms === undefined) return 0;
  for (const file of Object.keys(HEADERS)) if (file !== LIST) checkSorted(file, rows(file), differences);
  const accounts = new Map<string, Account>();
  for (const [id = '', main = '', region = ''] of rows('inputs/merchant_accounts.csv'))
    accounts.set(id, { id, main: main || id, region });
  const claims = rows('inputs/coupon_claims.csv').map(
    ([id = '', account = '', tool = '', at = '']): Claim => ({ id, account, tool, at }),
  );
  const uses = rows('inputs/coupon_redemptions.csv').map(
    ([id = '', account = '', tool = '', at = '']): Redemption => ({ id, account, tool, at }),
  );
  for (const { id, at } of [...claims, ...uses])
    if (at.slice(0, 10) < terms.from || at.slice(0, 10) > terms.to)
      differences.add('inputs', id, '', at, `${terms.from} to ${terms.to}`);
  const judged = judgeClaims(claims, accounts, terms);
  const redeemed = judgeRedemptions(uses, judged, accounts, terms);
  const expected = [
    ...judged.map(({ claim, main, granted, reasons }) => [
      'claim',
      claim.id,
      claim.account,
      main,
      guarded(claim.tool),
      claim.at,
      granted ? claim.id : '',
      granted ? 'Y' : 'N',
      reasons.join(';'),
    ]),
    ...redeemed.map(({ use, main, coupon, accepted, reasons }) => [
      'redemption',
      use.id,
      use.account,
      main,
      guarded(use.tool),
      use.at,
      coupon,
      accepted ? 'Y' : 'N',
      reasons.join(';'),
    ]),
  ].sort((a, b) => byteOrder(a[0] ?? '', b[0] ?? '') || byteOrder(a[1] ?? '', b[1] ?? ''));
  compareList(LIST, { header: HEADERS[LIST], key: 2 }, rows(LIST), expected, differences, (column) =>
    column === 'coupon_id' ? 'T2' : 'T3',
  );
  notices(rows('notices.csv'), expected, differences);
  compareTotals(
    manifest,
    {
      claims: judged.length,
      coupons: judged.filter(({ granted }) => granted).length,
      redemptions: redeemed.length,
      redeemed: redeemed.filter(({ accepted }) => accepted).length,
    },
    differences,
  );
  return expected.length;
}

/** An account that no export has is told once, with all of its rows. */
function notices(
  found: readonly (readonly string[])[],
  expected: readonly (readonly string[])[],
  differences: Differences,
): void {
  const unknown = new Map<string, number>();
  for (const row of expected)
    if (row[8]?.split(';').includes('unknown_account')) unknown.set(row[2] ?? '', (unknown.get(row[2] ?? '') ?? 0) + 1);
  const due = [...unknown].sort(([a], [b]) => byteOrder(a, b)).map(([id, count]) => `account_unknown ${id} ${count}`);
  const told = found.map(([code, , , subject, count]) => `${code} ${subject} ${count}`);
  differences.compare('notices.csv', '', '', told.join('\n'), due.join('\n'));
}

/** The policy as it is written; undefined, and a difference, where it says something else. */
function termsOf(policy: unknown, asOf: string, differences: Differences): Terms | undefined {
  const { period, coupon, redemption } = policy as Record<string, Record<string, unknown>>;
  const terms = {
    from: period?.from,
    to: asOf,
    regions: coupon?.regions,
    most: coupon?.per_main_account_and_tool,
    validDays: coupon?.valid_days,
    bySubAccounts: redemption?.by_sub_accounts,
  };
  const sound =
    typeof terms.from === 'string' &&
    Array.isArray(terms.regions) &&
    Number.isInteger(terms.most) &&
    Number.isInteger(terms.validDays) &&
    typeof terms.bySubAccounts === 'boolean';
  if (sound) return terms as Terms;
  differences.add('policy.yaml', '', '', JSON.stringify(terms), 'the terms of coupons');
  return undefined;
}
