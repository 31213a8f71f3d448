import type { z } from 'zod';
import { type Table, table } from '../../engine/table.js';
import { list, mapping as mappingOf, whole } from '../../yaml/leaves.js';
import type { Policy, PolicyReader } from '../interface/policy.js';
import { aboutKeys, aboutOf, exportWord, periodFaults, truth } from '../listing/policy.js';
import { saidBoth } from '../listing/said.js';

export const COUPONS_NAME = 'tool-coupons';

const ONLY_DATED = saidBoth(['no value of a policy of coupons can be dated', '优惠券政策中的值不能按日期区分']);
const mapping = <S extends z.ZodRawShape>(shape: S) => mappingOf(shape, ONLY_DATED);

const coupons = saidBoth(['coupons', '张优惠券']);
const days = saidBoth(['days', '天']);

export const couponShape = mapping({
  ...aboutKeys(COUPONS_NAME, mapping),
  coupon: mapping({
    regions: list(exportWord, saidBoth(['regions', '地区']), 'some'), // T1
    per_main_account_and_tool: whole(coupons, 1, 1_000_000), // T1
    valid_days: whole(days, 1, 36_500), // T2: 1 is the day of the claim alone
  }),
  redemption: mapping({ by_sub_accounts: truth }), // T3
});
type CouponShape = z.output<typeof couponShape>;

export interface CouponPolicy extends Policy {
  coupon: { regions: string[]; per_main_account_and_tool: number; valid_days: number };
  redemption: { by_sub_accounts: boolean };
}

export const COUPON_POLICY: PolicyReader = {
  shape: couponShape,
  sense: periodFaults,
  policyOf: ({ coupon, redemption, ...read }: CouponShape): Omit<CouponPolicy, 'rules'> => ({
    ...aboutOf(read),
    coupon: {
      regions: coupon.regions,
      per_main_account_and_tool: coupon.per_main_account_and_tool,
      valid_days: coupon.valid_days,
    },
    redemption: { by_sub_accounts: redemption.by_sub_accounts },
  }),
  tables: ({ coupon, redemption }: CouponPolicy): Record<string, Table> => ({
    policy_coupon: table({ most: 'INTEGER', valid_days: 'INTEGER', by_sub_accounts: 'BOOLEAN' }, [
      {
        most: coupon.per_main_account_and_tool,
        valid_days: coupon.valid_days,
        by_sub_accounts: redemption.by_sub_accounts,
      },
    ]),
    policy_coupon_region: table(
      { region: 'VARCHAR' },
      [...new Set(coupon.regions)].map((name) => ({ region: name })),
    ),
  }),
  sections: ['coupon', 'redemption'],
  onlyDated: ONLY_DATED,
};
