import { daysLater } from '../../../verify/calendar.js';
import { byteOrder } from '../../../verify/forms.js';

/** T1 to T3 over plain rows, one after the other in the order of their times. */

export interface Terms {
  /** Beijing dates, both included. */
  from: string;
  to: string;
  regions: readonly string[];
  most: number;
  validDays: number;
  bySubAccounts: boolean;
}

export interface Account {
  id: string;
  /** Its own id where it is a main account. */
  main: string;
  region: string;
}

export interface Claim {
  id: string;
  account: string;
  tool: string;
  at: string;
}
export type Redemption = Claim;

export interface JudgedClaim {
  claim: Claim;
  main: string;
  granted: boolean;
  reasons: string[];
}

export interface JudgedRedemption {
  use: Redemption;
  main: string;
  coupon: string;
  accepted: boolean;
  reasons: string[];
}

type Accounts = ReadonlyMap<string, Account>;

const inTime = (a: Claim, b: Claim): number => byteOrder(a.at, b.at) || byteOrder(a.id, b.id);

/** T1: a coupon for a main account and tool, as often as the policy says; whoever may not claim takes nothing away. */
export function judgeClaims(claims: readonly Claim[], accounts: Accounts, terms: Terms): JudgedClaim[] {
  const taken = new Map<string, number>();
  return claims.toSorted(inTime).map((claim) => {
    const account = accounts.get(claim.account);
    const main = account?.main ?? claim.account;
    const reasons: string[] = [];
    if (account === undefined) reasons.push('unknown_account');
    else if (!terms.regions.includes((accounts.get(main) ?? account).region)) reasons.push('other_region');
    if (main !== claim.account) reasons.push('sub_account');
    const key = JSON.stringify([main, claim.tool]);
    const before = taken.get(key) ?? 0;
    if (reasons.length === 0) taken.set(key, before + 1);
    if (before >= terms.most) reasons.push('second_claim');
    return { claim, main, granted: reasons.length === 0, reasons };
  });
}

/** T2, T3: a coupon is used once, on its day, by whom it belongs to. */
export function judgeRedemptions(
  uses: readonly Redemption[],
  claims: readonly JudgedClaim[],
  accounts: Accounts,
  terms: Terms,
): JudgedRedemption[] {
  const coupons = new Map<string, JudgedClaim[]>();
  for (const each of claims.filter(({ granted }) => granted)) {
    const key = JSON.stringify([each.main, each.claim.tool]);
    coupons.set(key, [...(coupons.get(key) ?? []), each]);
  }
  const used = new Set<string>();
  return uses.toSorted(inTime).map((use) => {
    const account = accounts.get(use.account);
    const main = account?.main ?? use.account;
    const earlier = (coupons.get(JSON.stringify([main, use.tool])) ?? []).filter(({ claim }) => claim.at <= use.at);
    const coupon = earlier.at(-1)?.claim;
    const reasons: string[] = [];
    if (account === undefined) reasons.push('unknown_account');
    if (main !== use.account && !terms.bySubAccounts) reasons.push('sub_account');
    if (coupon === undefined) reasons.push('without_claim');
    else if (use.at.slice(0, 10) >= daysLater(coupon.at.slice(0, 10), terms.validDays)) reasons.push('another_day');
    const mayUse = reasons.length === 0;
    if (coupon !== undefined && used.has(coupon.id)) reasons.push('already_redeemed');
    if (mayUse && coupon !== undefined) used.add(coupon.id);
    return { use, main, coupon: coupon?.id ?? '', accepted: reasons.length === 0, reasons };
  });
}
