import { addDays, type BeijingDate, datesBetween } from '../../../core/beijing.js';
import { type Table, table } from '../../../engine/table.js';
import { BONUSES, PARTS } from './parts.js';
import { valueOn } from './policy.js';
import { ANCHOR_REASONS, EXPELLED, type IneligibleCause } from './reasons.js';
import type { IncentivePolicy } from './to-policy.js';

/** SQL of a macro: rows (part, earned) added up to one column a part, in their order, as `unnest(part_columns(part, earned))`. */
export const PART_COLUMNS = `CREATE OR REPLACE TEMP MACRO part_columns(part, earned) AS {${PARTS.map(
  ({ name }) => `${name}: CAST(coalesce(sum(CASE WHEN part = '${name}' THEN earned END), 0) AS DECIMAL(38, 2))`,
).join(', ')}}`;

const SECONDS_A_MINUTE = 60;

/**
 * The policy as tables, so that rule SQL holds no number of it. What may be dated has a row for each settlement date
 * of the period up to the evaluation date E, so that a dated change is a join. Shapes: sql/columns.md.
 */
export function policyTables(policy: IncentivePolicy, asOf: BeijingDate): Record<string, Table> {
  const days = datesBetween(policy.period.from, asOf);
  const newcomer = policy.newcomer_bonus;
  return {
    policy_scope: table({ first_live_on_or_after: 'DATE' }, [
      { first_live_on_or_after: policy.scope.first_live_on_or_after },
    ]),
    policy_account_kind: table(
      { account_kind: 'VARCHAR' },
      policy.scope.account_kinds.map((account_kind) => ({ account_kind })),
    ),
    ...datedTables(policy, days),
    policy_scarcity: table({ renewed_every_days: 'INTEGER' }, [
      { renewed_every_days: policy.scarcity.renewed_every_days },
    ]),
    policy_newcomer: table({ window_days: 'INTEGER', index_op: 'VARCHAR', index_value: 'DECIMAL(7, 3)' }, [
      {
        window_days: newcomer.window_days,
        index_op: newcomer.scarcity_index.op,
        index_value: newcomer.scarcity_index.value,
      },
    ]),
    ...attendanceTables(policy),
    ...disqualificationTables(policy, asOf),
    ...partTables(policy),
  };
}

/** The parts of the programme in their order, and which of them each rule takes; `rule_id` is that of a penalty rule. */
function partTables({ disqualification }: IncentivePolicy): Record<string, Table> {
  const ofRules = ANCHOR_REASONS.flatMap(({ rule, takes }) => takes.map((part) => ({ rule, rule_id: null, part })));
  const ofPenalties = disqualification.penalties.flatMap(({ id, forfeits }) =>
    forfeits.map((part) => ({ rule: 'penalty_rule', rule_id: id, part })),
  );
  const ofExpelled = (disqualification.expelled?.forfeits ?? []).map((part) => ({
    rule: EXPELLED,
    rule_id: null,
    part,
  }));
  return {
    policy_part: table(
      { part: 'VARCHAR', place: 'INTEGER' },
      PARTS.map(({ name }, place) => ({ part: name, place })),
    ),
    policy_forfeit: table({ rule: 'VARCHAR', rule_id: 'VARCHAR', part: 'VARCHAR' }, [
      ...ofRules,
      ...ofPenalties,
      ...ofExpelled,
    ]),
  };
}

/** P6: what makes a session of a date invalid; of a policy that doesn't ask, nothing. */
function causesOn({ ineligible }: IncentivePolicy['valid_session'], day: BeijingDate): readonly IneligibleCause[] {
  return ineligible === undefined ? [] : (valueOn(ineligible, day) ?? []);
}

/** Whether a policy asks who is ineligible: without, nothing of it stands in a run. */
export function asksIneligible({ valid_session, disqualification }: IncentivePolicy): boolean {
  return valid_session.ineligible !== undefined || disqualification.expelled !== undefined;
}

function datedTables(
  { valid_session, valid_day, watch_time }: IncentivePolicy,
  days: BeijingDate[],
): Record<string, Table> {
  const minutes = (count: number): number => count * SECONDS_A_MINUTE;
  const perDay = <Row>(rowsOf: (day: BeijingDate) => Row[]): Row[] => days.flatMap(rowsOf);
  return {
    policy_by_day: table(
      {
        settlement_date: 'DATE',
        session_min_seconds: 'BIGINT',
        replay_retention_months: 'INTEGER',
        day_min_seconds: 'BIGINT',
      },
      days.map((day) => ({
        settlement_date: day,
        session_min_seconds: minutes(valueOn(valid_session.min_minutes, day)),
        replay_retention_months: valueOn(valid_session.replay_retention_months, day),
        day_min_seconds: minutes(valueOn(valid_day.min_minutes, day)),
      })),
    ),
    policy_invalidating_penalty: table(
      { settlement_date: 'DATE', kind: 'VARCHAR' },
      perDay((day) =>
        valueOn(valid_session.invalidating_penalties, day).map((kind) => ({ settlement_date: day, kind })),
      ),
    ),
    policy_ineligible: table(
      { settlement_date: 'DATE', cause: 'VARCHAR' },
      perDay((day) => causesOn(valid_session, day).map((cause) => ({ settlement_date: day, cause }))),
    ),
    policy_rate: table(
      { settlement_date: 'DATE', quality_level: 'TINYINT', unit_price: 'DECIMAL(12, 6)' },
      perDay((day) =>
        valueOn(watch_time.rates, day).map(({ level, unit_price }) => ({
          ...{ settlement_date: day, quality_level: level, unit_price },
        })),
      ),
    ),
    policy_daily_cap: table(
      { settlement_date: 'DATE', above_level: 'TINYINT', max_level: 'TINYINT', cap: 'DECIMAL(38, 2)' },
      perDay((day) =>
        valueOn(watch_time.daily_caps, day).map(({ max_level, cap }, at, caps) => ({
          ...{ settlement_date: day, above_level: caps[at - 1]?.max_level ?? 0, max_level, cap },
        })),
      ),
    ),
  };
}

function attendanceTables(policy: IncentivePolicy): Record<string, Table> {
  const { scarcity_index, low_level_share: share } = policy.attendance_bonus;
  return {
    policy_attendance: table({ index_op: 'VARCHAR', index_value: 'DECIMAL(7, 3)' }, [
      { index_op: scarcity_index.op, index_value: scarcity_index.value },
    ]),
    policy_low_level_share: table(
      { max_level: 'TINYINT', min_seconds: 'BIGINT', op: 'VARCHAR', share: 'DECIMAL(7, 6)' },
      [
        {
          max_level: share.max_level,
          min_seconds: share.min_minutes * SECONDS_A_MINUTE,
          op: share.op,
          share: share.share,
        },
      ],
    ),
    policy_tier: table(
      { bonus: 'VARCHAR', valid_days: 'BIGINT', valid_seconds: 'BIGINT', amount: 'DECIMAL(38, 2)' },
      BONUSES.flatMap(({ name }) =>
        policy[name].tiers.map(({ valid_days, valid_minutes, amount }) => ({
          ...{ bonus: name, valid_days, valid_seconds: valid_minutes * SECONDS_A_MINUTE, amount },
        })),
      ),
    ),
  };
}

function disqualificationTables(
  { disqualification, period }: IncentivePolicy,
  asOf: BeijingDate,
): Record<string, Table> {
  const rules = disqualification.penalties;
  return {
    policy_compliance_code: table(
      { compliance_code: 'VARCHAR' },
      disqualification.compliance_codes.map((compliance_code) => ({ compliance_code })),
    ),
    policy_penalty_rule: table(
      {
        rule_id: 'VARCHAR',
        counts_of: 'VARCHAR',
        at_least: 'BIGINT',
        counted_from: 'DATE',
        counted_to: 'DATE',
      },
      rules.map((rule) => ({
        rule_id: rule.id,
        counts_of: rule.of,
        at_least: rule.at_least,
        counted_from: rule.within_days === null ? period.from : addDays(asOf, 1 - rule.within_days),
        counted_to: asOf,
      })),
    ),
    policy_penalty_rule_kind: table(
      { rule_id: 'VARCHAR', kind: 'VARCHAR' },
      rules.flatMap((rule) => rule.kinds.map((kind) => ({ rule_id: rule.id, kind }))),
    ),
  };
}
