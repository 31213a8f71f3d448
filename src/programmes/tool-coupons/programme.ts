import { listing } from '../listing/listing.js';
import type { Listing } from '../listing/lists.js';
import { COUPON_EXPORTS } from './exports.js';
import { COUPON_NOTICES } from './notices.js';
import { COUPON_POLICY, COUPONS_NAME } from './policy.js';
import { COUPON_CODES, COUPONS } from './words.js';

const query = (name: string): string => `${COUPONS_NAME}/emit/${name}.sql`;

/** Coupons for tools of the services market (rulebook, T1 to T3). */
export const COUPONS_LISTING: Listing = {
  name: COUPONS_NAME,
  title: ['coupons for tools', '工具优惠券'],
  kinds: COUPON_EXPORTS,
  policy: COUPON_POLICY,
  lists: [COUPONS],
  further: [
    { file: 'inputs/coupon_claims.csv', query: query('inputs_claims') },
    { file: 'inputs/coupon_redemptions.csv', query: query('inputs_redemptions') },
    { file: 'inputs/merchant_accounts.csv', query: query('inputs_accounts') },
  ],
  codes: COUPON_CODES,
  counts: [
    { total: 'claims', words: ['Claims', '领取次数'] },
    { total: 'coupons', words: ['  coupons granted', '  有效优惠券'] },
    { total: 'redemptions', words: ['Redemptions', '核销次数'] },
    { total: 'redeemed', words: ['  coupons used', '  有效核销'] },
  ],
  notices: { codes: COUPON_NOTICES, tables: () => ({}) },
  verifier: async () => (await import('./verify/verify.js')).verifyRun,
};

export const TOOL_COUPONS = listing(COUPONS_LISTING);
