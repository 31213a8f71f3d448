import { freeText, idCell, type Kind, textCell, time, words } from '../../exports/column-types.js';
import { optional, required } from '../../exports/columns.js';

/** The words that an export has for where a merchant is at home. */
export const REGIONS = { mainland: '中国大陆' };

/** T1: accounts of merchants, each with the main account that it belongs to. */
const MERCHANT_ACCOUNTS: Kind = {
  name: 'merchant_accounts',
  meant: /merchant|商家账号/,
  master: true,
  table: 'merchant_account_row',
  key: ['account_id'],
  columns: [
    required('account_id', '账号ID', idCell),
    optional('main_account_id', '主账号ID', idCell, 'every account counts as a main account'),
    required('region', '地区', words(REGIONS, freeText)),
  ],
  checks: [],
};

/** T1: a coupon that was claimed. */
const COUPON_CLAIMS: Kind = {
  name: 'coupon_claims',
  meant: /claim|领券|领取/,
  master: false,
  table: 'coupon_claim_row',
  key: ['claim_id'],
  columns: [
    required('claim_id', '领取ID', idCell),
    required('account_id', '账号ID', idCell),
    required('tool', '工具', textCell(64)),
    required('claimed_at', '领取时间', time),
  ],
  checks: [],
};

/** T2: an order in which a coupon was used. */
const COUPON_REDEMPTIONS: Kind = {
  name: 'coupon_redemptions',
  meant: /redemption|核销|用券/,
  master: false,
  table: 'coupon_redemption_row',
  key: ['redemption_id'],
  columns: [
    required('redemption_id', '核销ID', idCell),
    required('account_id', '账号ID', idCell),
    required('tool', '工具', textCell(64)),
    required('redeemed_at', '核销时间', time),
  ],
  checks: [],
};

/** The exports that the programme reads. */
export const COUPON_EXPORTS: readonly Kind[] = [MERCHANT_ACCOUNTS, COUPON_CLAIMS, COUPON_REDEMPTIONS];
