import { z } from 'zod';
import type { Said } from '../../../words/said.js';
import { date, decimals, id, list, mapping as mappingOf, whole, wholeWords, word } from '../../../yaml/leaves.js';
import { worded } from '../../../yaml/worded.js';
import { sayIncentive as say } from '../words/say.js';
import { accountKind, ruleId, share } from './leaves.js';
import { NAME } from './name.js';
import { PART_NAMES } from './parts.js';
import { partsTaken, penaltyOf } from './penalty.js';
import { OPERATORS } from './policy.js';
import { INELIGIBLE_REASONS } from './reasons.js';

/** What is said of a value that is dated and can't be. */
export const ONLY_DATED = say('only a value directly under valid_session, valid_day or watch_time can be dated');

const mapping = <S extends z.ZodRawShape>(shape: S) => mappingOf(shape, ONLY_DATED);

/**
 * The shape of a policy file, and the one place of each key: its type, unit, bounds and clause; what the settlement calls a
 * policy follows from it (to-policy.ts). What two values say together is in sense.ts, and what SQL sees of them in tables.ts.
 */

/** Units and bounds, wide enough for any policy and narrow enough to catch a slipped key. */
const level = whole(say('a quality level'), 1, 99); // 1 is the lowest
const minutes = whole(say('minutes'), 0, 1_000_000);
const months = whole(say('months'), 0, 1_200);
const days = whole(say('days'), 0, 36_500);
const someDays = whole(say('days'), 1, 36_500);
const price = decimals('0.010000', { before: 6, after: 6 }); // CNY per dwell minute
const amount = decimals('160.00', { before: 18, after: 2 }); // CNY
const cap = decimals('160.50', { before: 18, after: 2 }); // CNY per anchor and day
const indexValue = decimals('1', { before: 4, after: 3 }); // a bare multiplier

/** A value, or `{ dated: [{ from, value }, …] }`. */
function dated<T extends z.ZodType>(value: T, words: string) {
  const entry = mapping({ from: date, value });
  const entries = list(entry, say('mappings with the keys from and value'), 'some');
  return z.union([mapping({ dated: entries }), value], { error: words });
}

const OR_DATED = say(' (or dated values)');
const datedMinutes = dated(minutes, wholeWords(say('minutes'), say('0 to 1,000,000'), OR_DATED));
const datedMonths = dated(months, wholeWords(say('months'), say('0 to 1,200'), OR_DATED));
/** What is expected of a list that may be dated. */
const listed = (what: Said): string => worded(say('expected a list of {what} (or dated values)', { what }));

/** C7: the price of a level where the export has none. */
const rates = list(mapping({ level, unit_price: price }), say('mappings with the keys level and unit_price'));
/** C8: a day whose top level is at most `max_level`, and above the row before, is capped; above the last row nothing is. */
const dailyCaps = list(mapping({ max_level: level, cap }), say('mappings with the keys max_level and cap'));
/** C10, C11: which sessions count for a bonus, by their scarcity index. */
const indexTest = mapping({ op: word(OPERATORS), value: indexValue });
/** C10, C11: what is earned once in the period from these thresholds on, both reached: days, and minutes of valid duration. */
const tiers = list(
  mapping({ valid_days: days, valid_minutes: minutes, amount }),
  say('mappings with the keys valid_days, valid_minutes and amount'),
);

const REWARDS = PART_NAMES.join(', ');

const forfeits = z.union(
  [word(['all']), list(word(PART_NAMES), say('rewards ({rewards})', { rewards: REWARDS }), 'some')],
  { error: worded(say('expected all, or a list of rewards ({rewards})', { rewards: REWARDS })) },
);

/** C12, C13: upheld penalties of these kinds together, of the anchor or its agency, within days up to E or the period. */
const penaltyRule = mapping({
  id: ruleId, // stands in `reasons` as it is
  kinds: list(id, say('penalty kinds'), 'some'),
  of: word(['anchor', 'agency']).optional(),
  at_least: whole(say('a number of penalties'), 1, 1_000_000),
  within: word(['period']).optional(),
  within_days: someDays.optional(),
  forfeits,
}).transform(penaltyOf);

/** P6: what of `inputs/ineligible.csv` makes a session invalid. */
const INELIGIBLE_LIST = listed(say('causes ({causes})', { causes: INELIGIBLE_REASONS.join(', ') }));

export const policyShape = mapping({
  id,
  programme: id.optional(),
  rules: word([NAME]).optional(),
  timezone: word(['Asia/Shanghai']), // C2
  currency: word(['CNY']),
  period: mapping({ from: date, to: date }), // C2
  scope: mapping({ account_kinds: list(accountKind, say('account kinds'), 'some'), first_live_on_or_after: date }), // C1
  valid_session: mapping({
    min_minutes: datedMinutes, // from start to end
    invalidating_penalties: dated(list(id, say('penalty kinds')), listed(say('penalty kinds'))),
    replay_retention_months: datedMonths, // calendar months after the end
    ineligible: dated(
      list(word(INELIGIBLE_REASONS), say('causes ({causes})', { causes: INELIGIBLE_REASONS.join(', ') })),
      INELIGIBLE_LIST,
    ).optional(), // P6
  }), // C3
  valid_day: mapping({ min_minutes: datedMinutes }), // C5
  scarcity: mapping({ renewed_every_days: someDays }), // C6
  watch_time: mapping({
    rates: dated(rates, listed(say('mappings with the keys level and unit_price'))), // C7
    daily_caps: dated(dailyCaps, listed(say('mappings with the keys max_level and cap'))), // C8
  }),
  newcomer_bonus: mapping({ window_days: days, scarcity_index: indexTest, tiers }), // C9, C10
  attendance_bonus: mapping({
    scarcity_index: indexTest,
    // Low sessions over all of `min_minutes` or more from start to end, 0 to 1.
    low_level_share: mapping({ max_level: level, min_minutes: minutes, op: word(OPERATORS), share }),
    tiers,
  }), // C11
  disqualification: mapping({
    compliance_codes: list(word(['green', 'yellow', 'red']), say('compliance codes (green, yellow, red)')),
    penalties: list(penaltyRule, say('penalty rules')),
    expelled: mapping({ forfeits: forfeits.transform(partsTaken) }).optional(), // P6
  }), // C12, C13
});

export type PolicyShape = z.infer<typeof policyShape>;

/** What a file says of itself; everything else are sections of terms, whose keys a comparison replaces one by one. */
const ABOUT = ['id', 'programme', 'rules', 'timezone', 'currency', 'period', 'clause', 'note'];
export const SECTIONS: readonly string[] = Object.keys(policyShape.shape).filter((key) => !ABOUT.includes(key));
