import { z } from 'zod';
import { date, decimals, id, list, mapping as mappingOf, whole, wholeWords, word } from '../../../yaml/leaves.js';
import { accountKind, ruleId, share } from './leaves.js';
import { NAME } from './name.js';
import { PART_NAMES } from './parts.js';
import { OPERATORS } from './policy.js';

/** What is said of a value that is dated and can't be. */
export const ONLY_DATED = 'only a value directly under valid_session, valid_day or watch_time can be dated';

const mapping = <S extends z.ZodRawShape>(shape: S) => mappingOf(shape, ONLY_DATED);

/** The shape of a policy file: which keys, which types, which bounds. What two values say together is in sense.ts. */

/** Units and bounds, wide enough for any policy and narrow enough to catch a slipped key. */
const level = whole('a quality level', 1, 99);
const minutes = whole('minutes', 0, 1_000_000);
const months = whole('months', 0, 1_200);
const days = whole('days', 0, 36_500);
const someDays = whole('days', 1, 36_500);
const price = decimals('0.010000', { before: 6, after: 6 }); // CNY per dwell minute
const amount = decimals('160.00', { before: 18, after: 2 }); // CNY
const cap = decimals('160.50', { before: 18, after: 2 }); // CNY per anchor and day
const indexValue = decimals('1', { before: 4, after: 3 });

/** A value, or `{ dated: [{ from, value }, …] }`. */
function dated<T extends z.ZodType>(value: T, words: string) {
  const entry = mapping({ from: date, value });
  const entries = list(entry, 'mappings with the keys from and value', 'some');
  return z.union([mapping({ dated: entries }), value], { error: words });
}

const OR_DATED = ' (or dated values)';
const datedMinutes = dated(minutes, wholeWords('minutes', '0 to 1,000,000', OR_DATED));
const datedMonths = dated(months, wholeWords('months', '0 to 1,200', OR_DATED));
const LISTED = 'expected a list of';

const rates = list(mapping({ level, unit_price: price }), 'mappings with the keys level and unit_price');
const dailyCaps = list(mapping({ max_level: level, cap }), 'mappings with the keys max_level and cap');
const indexTest = mapping({ op: word(OPERATORS), value: indexValue });
const tiers = list(
  mapping({ valid_days: days, valid_minutes: minutes, amount }),
  'mappings with the keys valid_days, valid_minutes and amount',
);

const penaltyRule = mapping({
  id: ruleId,
  kinds: list(id, 'penalty kinds', 'some'),
  of: word(['anchor', 'agency']).optional(),
  at_least: whole('a number of penalties', 1, 1_000_000),
  within: word(['period']).optional(),
  within_days: someDays.optional(),
  forfeits: z.union([word(['all']), list(word(PART_NAMES), `rewards (${PART_NAMES.join(', ')})`, 'some')], {
    error: `expected all, or a list of rewards (${PART_NAMES.join(', ')})`,
  }),
});

export const policyShape = mapping({
  id,
  programme: id.optional(),
  rules: word([NAME]).optional(),
  timezone: word(['Asia/Shanghai']), // C2
  currency: word(['CNY']),
  period: mapping({ from: date, to: date }), // C2
  scope: mapping({ account_kinds: list(accountKind, 'account kinds', 'some'), first_live_on_or_after: date }), // C1
  valid_session: mapping({
    min_minutes: datedMinutes,
    invalidating_penalties: dated(list(id, 'penalty kinds'), `${LISTED} penalty kinds${OR_DATED}`),
    replay_retention_months: datedMonths,
  }), // C3
  valid_day: mapping({ min_minutes: datedMinutes }), // C5
  scarcity: mapping({ renewed_every_days: someDays }), // C6
  watch_time: mapping({
    rates: dated(rates, `${LISTED} mappings with the keys level and unit_price${OR_DATED}`), // C7
    daily_caps: dated(dailyCaps, `${LISTED} mappings with the keys max_level and cap${OR_DATED}`), // C8
  }),
  newcomer_bonus: mapping({ window_days: days, scarcity_index: indexTest, tiers }), // C9, C10
  attendance_bonus: mapping({
    scarcity_index: indexTest,
    low_level_share: mapping({ max_level: level, min_minutes: minutes, op: word(OPERATORS), share }),
    tiers,
  }), // C11
  disqualification: mapping({
    compliance_codes: list(word(['green', 'yellow', 'red']), 'compliance codes (green, yellow, red)'),
    penalties: list(penaltyRule, 'penalty rules'),
  }), // C12, C13
});

export type PolicyShape = z.infer<typeof policyShape>;
