import type { BeijingDate } from '../../../core/beijing.js';
import type { Policy } from '../../interface/policy.js';
import type { Part } from './parts.js';

/**
 * A checked policy: every number, operator and table that the settlement computes with (rulebook, C1 to C13).
 * Decimals stay the text of the file (digits with at most one point), so that no binary float ever holds one.
 */

/** How a figure is compared with a threshold. The source lost its operators, so each is a parameter. */
export type Operator = '=' | '>=' | '>' | '<=' | '<';

export const OPERATORS: readonly Operator[] = ['=', '>=', '>', '<=', '<'];

/** A value in force from a date on, until the next entry. Lists ascend; an undated value is one entry from the period's first day. */
export interface Dated<T> {
  from: BeijingDate;
  value: T;
}

/** C7: the price of a level where the export has none. */
export interface Rate {
  /** Quality level, 1 (lowest) upward. */
  level: number;
  /** CNY per dwell minute, at most 6 decimals. */
  unit_price: string;
}

/** C8: a day whose top level is at most `max_level`, and above the row before, is capped. */
export interface DailyCap {
  /** Quality level up to which the row serves; above the last row nothing is capped. */
  max_level: number;
  /** CNY per anchor and settlement date. */
  cap: string;
}

/** C10, C11: which sessions count for a bonus, by their scarcity index. */
export interface IndexTest {
  op: Operator;
  /** Scarcity index, a bare multiplier. */
  value: string;
}

/** C10, C11: what is earned from these thresholds on, both reached. */
export interface Tier {
  /** Days. */
  valid_days: number;
  /** Minutes of valid duration. */
  valid_minutes: number;
  /** CNY, once in the period. */
  amount: string;
}

/** C11: a share of low sessions that forfeits the attendance bonus. */
export interface LowLevelShare {
  /** Quality level up to which a session is low. */
  max_level: number;
  /** Minutes from start to end; shorter sessions are not counted at all. */
  min_minutes: number;
  op: Operator;
  /** Low sessions over all, 0 to 1. */
  share: string;
}

/** C12, C13: a number of upheld penalties that forfeits rewards. */
export interface PenaltyRule {
  /** Stands in `reasons` as it is. */
  id: string;
  /** Penalty kinds that are counted together. */
  kinds: string[];
  /** Whose penalties count: the anchor's own, or its agency's (C13). */
  of: 'anchor' | 'agency';
  /** Penalties. */
  at_least: number;
  /** Days up to the evaluation date; null: the period. */
  within_days: number | null;
  forfeits: Part[];
}

export interface IncentivePolicy extends Policy {
  /** C2: Asia/Shanghai. */
  timezone: string;
  /** CNY. */
  currency: string;
  /** C1 */
  scope: { account_kinds: string[]; first_live_on_or_after: BeijingDate };
  /** C3 */
  valid_session: {
    /** Minutes from start to end. */
    min_minutes: Dated<number>[];
    /** Penalty kinds that make the session they name invalid. */
    invalidating_penalties: Dated<string[]>[];
    /** Calendar months after the end during which a replay must stand. */
    replay_retention_months: Dated<number>[];
  };
  /** C5: minutes of valid duration on one settlement date. */
  valid_day: { min_minutes: Dated<number>[] };
  /** C6: days after which a track's index counts as old. */
  scarcity: { renewed_every_days: number };
  /** C7: each level once, in the order of the file. C8: caps ascend strictly by level. */
  watch_time: { rates: Dated<Rate[]>[]; daily_caps: Dated<DailyCap[]>[] };
  /** C9: the window's last day is the certification date plus `window_days`. C10: index and tiers. */
  newcomer_bonus: { window_days: number; scarcity_index: IndexTest; tiers: Tier[] };
  /** C11 */
  attendance_bonus: { scarcity_index: IndexTest; low_level_share: LowLevelShare; tiers: Tier[] };
  /** C12: codes and rules of an anchor. C13: rules `of: agency`. */
  disqualification: { compliance_codes: string[]; penalties: PenaltyRule[] };
}

/** The value in force on a date: the last that begins on it or before. A checked policy has one for every day of its period. */
export function valueOn<T>(dated: readonly Dated<T>[], date: BeijingDate): T {
  let found: Dated<T> | undefined;
  for (const entry of dated) {
    if (entry.from > date) break;
    found = entry;
  }
  if (found === undefined) throw new RangeError(`no value is in force on ${date}`);
  return found.value;
}
