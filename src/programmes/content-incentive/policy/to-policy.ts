import type { BeijingDate } from '../../../core/beijing.js';
import { programmeOfId } from '../../../core/programme.js';
import { NAME } from './name.js';
import { PART_NAMES } from './parts.js';
import type { Dated, IncentivePolicy, PenaltyRule } from './policy.js';
import type { PolicyShape } from './schema.js';

/** The sound file as the settlement uses it: every value that may be dated is, and no remark is left. */
export function toPolicy(shape: PolicyShape): IncentivePolicy {
  const { period, scope, valid_session, watch_time, newcomer_bonus, attendance_bonus, disqualification } = shape;
  const first = period.from;
  return {
    rules: NAME,
    id: shape.id,
    programme: shape.programme ?? programmeOfId(shape.id),
    programmeIsNamed: shape.programme !== undefined,
    timezone: shape.timezone,
    currency: shape.currency,
    period: { from: first, to: period.to },
    scope: { account_kinds: scope.account_kinds, first_live_on_or_after: scope.first_live_on_or_after },
    valid_session: {
      min_minutes: datedFrom(first, valid_session.min_minutes),
      invalidating_penalties: datedFrom(first, valid_session.invalidating_penalties),
      replay_retention_months: datedFrom(first, valid_session.replay_retention_months),
    },
    valid_day: { min_minutes: datedFrom(first, shape.valid_day.min_minutes) },
    scarcity: { renewed_every_days: shape.scarcity.renewed_every_days },
    watch_time: {
      rates: datedFrom(first, watch_time.rates).map(({ from, value }) => ({ from, value: value.map(bare) })),
      daily_caps: datedFrom(first, watch_time.daily_caps).map(({ from, value }) => ({ from, value: value.map(bare) })),
    },
    newcomer_bonus: {
      window_days: newcomer_bonus.window_days,
      scarcity_index: bare(newcomer_bonus.scarcity_index),
      tiers: newcomer_bonus.tiers.map(bare),
    },
    attendance_bonus: {
      scarcity_index: bare(attendance_bonus.scarcity_index),
      low_level_share: bare(attendance_bonus.low_level_share),
      tiers: attendance_bonus.tiers.map(bare),
    },
    disqualification: {
      compliance_codes: disqualification.compliance_codes,
      penalties: disqualification.penalties.map(toRule),
    },
  };
}

/** Without the remarks that any mapping may carry. */
function bare<T extends { clause?: unknown; note?: unknown }>({
  clause,
  note,
  ...rest
}: T): Omit<T, 'clause' | 'note'> {
  return rest;
}

function datedFrom<T>(first: BeijingDate, value: T | { dated: { from: BeijingDate; value: T }[] }): Dated<T>[] {
  if (typeof value === 'object' && value !== null && 'dated' in value) {
    return value.dated.map((entry) => ({ from: entry.from, value: entry.value }));
  }
  return [{ from: first, value: value as T }];
}

function toRule(rule: PolicyShape['disqualification']['penalties'][number]): PenaltyRule {
  return {
    id: rule.id,
    kinds: rule.kinds,
    of: rule.of ?? 'anchor',
    at_least: rule.at_least,
    within_days: rule.within_days ?? null,
    forfeits: rule.forfeits === 'all' ? [...PART_NAMES] : rule.forfeits,
  };
}
