import { addDays, type BeijingDate, datesBetween } from '../beijing.js';
import { type Pinned, writePinned } from '../pinned.js';
import { literal, type Value, type Warehouse } from '../warehouse.js';
import { type Policy, valueOn } from './policy.js';

/** How far a settlement looks. */
export interface Horizon {
  /** E: what ends later is outside. */
  asOf: BeijingDate;
  /** The last load that counts. */
  knownLoad: number;
  /** Where the period is closed, through which agencies it was paid. */
  pinned: Pinned;
}

/**
 * The policy as tables, so that rule SQL holds no number of it. What may be dated has a row for each settlement date
 * of the period up to the evaluation date E, so that a dated change is a join. With them come the agencies that stand in a
 * closed period. Shapes: sql/columns.md.
 */
export async function writePolicyTables(
  warehouse: Warehouse,
  policy: Policy,
  { asOf, knownLoad, pinned }: Horizon,
): Promise<void> {
  for (const [name, { columns, rows }] of Object.entries(policyTables(policy, asOf, knownLoad))) {
    const values = rows.map((row) => `(${row.map(literal).join(', ')})`).join(', ');
    await warehouse.run(
      `CREATE OR REPLACE TEMP TABLE ${name} (${columns});${values && `INSERT INTO ${name} VALUES ${values}`}`,
    );
  }
  await writePinned(warehouse, pinned);
}

interface Table {
  columns: string;
  rows: Value[][];
}

const SECONDS_A_MINUTE = 60;

function policyTables(policy: Policy, asOf: BeijingDate, knownLoad: number): Record<string, Table> {
  const days = datesBetween(policy.period.from, asOf);
  const newcomer = policy.newcomer_bonus;
  return {
    policy_run: {
      columns: 'period_from DATE, period_to DATE, as_of DATE, known_load INTEGER',
      rows: [[policy.period.from, policy.period.to, asOf, knownLoad]],
    },
    policy_scope: { columns: 'first_live_on_or_after DATE', rows: [[policy.scope.first_live_on_or_after]] },
    policy_account_kind: { columns: 'account_kind VARCHAR', rows: policy.scope.account_kinds.map((kind) => [kind]) },
    ...datedTables(policy, days),
    policy_scarcity: { columns: 'renewed_every_days INTEGER', rows: [[policy.scarcity.renewed_every_days]] },
    policy_newcomer: {
      columns: 'window_days INTEGER, index_op VARCHAR, index_value DECIMAL(7, 3)',
      rows: [[newcomer.window_days, newcomer.scarcity_index.op, newcomer.scarcity_index.value]],
    },
    ...attendanceTables(policy),
    ...disqualificationTables(policy, asOf),
  };
}

function datedTables({ valid_session, valid_day, watch_time }: Policy, days: BeijingDate[]): Record<string, Table> {
  const minutes = (count: number): number => count * SECONDS_A_MINUTE;
  return {
    policy_by_day: {
      columns:
        'settlement_date DATE, session_min_seconds BIGINT, replay_retention_months INTEGER, day_min_seconds BIGINT',
      rows: days.map((day) => [
        day,
        minutes(valueOn(valid_session.min_minutes, day)),
        valueOn(valid_session.replay_retention_months, day),
        minutes(valueOn(valid_day.min_minutes, day)),
      ]),
    },
    policy_invalidating_penalty: {
      columns: 'settlement_date DATE, kind VARCHAR',
      rows: days.flatMap((day) => valueOn(valid_session.invalidating_penalties, day).map((kind) => [day, kind])),
    },
    policy_rate: {
      columns: 'settlement_date DATE, quality_level TINYINT, unit_price DECIMAL(12, 6)',
      rows: days.flatMap((day) => valueOn(watch_time.rates, day).map((rate) => [day, rate.level, rate.unit_price])),
    },
    policy_daily_cap: {
      columns: 'settlement_date DATE, above_level TINYINT, max_level TINYINT, cap DECIMAL(38, 2)',
      rows: days.flatMap((day) => {
        const caps = valueOn(watch_time.daily_caps, day);
        return caps.map(({ max_level, cap }, at) => [day, caps[at - 1]?.max_level ?? 0, max_level, cap]);
      }),
    },
  };
}

function attendanceTables({ attendance_bonus, newcomer_bonus }: Policy): Record<string, Table> {
  const { scarcity_index, low_level_share: share } = attendance_bonus;
  const tiers = { attendance_bonus: attendance_bonus.tiers, newcomer_bonus: newcomer_bonus.tiers };
  return {
    policy_attendance: {
      columns: 'index_op VARCHAR, index_value DECIMAL(7, 3)',
      rows: [[scarcity_index.op, scarcity_index.value]],
    },
    policy_low_level_share: {
      columns: 'max_level TINYINT, min_seconds BIGINT, op VARCHAR, share DECIMAL(7, 6)',
      rows: [[share.max_level, share.min_minutes * SECONDS_A_MINUTE, share.op, share.share]],
    },
    policy_tier: {
      columns: 'bonus VARCHAR, valid_days BIGINT, valid_seconds BIGINT, amount DECIMAL(38, 2)',
      rows: Object.entries(tiers).flatMap(([bonus, rows]) =>
        rows.map((tier) => [bonus, tier.valid_days, tier.valid_minutes * SECONDS_A_MINUTE, tier.amount]),
      ),
    },
  };
}

function disqualificationTables({ disqualification, period }: Policy, asOf: BeijingDate): Record<string, Table> {
  const rules = disqualification.penalties;
  return {
    policy_compliance_code: {
      columns: 'compliance_code VARCHAR',
      rows: disqualification.compliance_codes.map((code) => [code]),
    },
    policy_penalty_rule: {
      columns: `rule_id VARCHAR, counts_of VARCHAR, at_least BIGINT, counted_from DATE, counted_to DATE,
        takes_watch_time BOOLEAN, takes_attendance_bonus BOOLEAN, takes_newcomer_bonus BOOLEAN`,
      rows: rules.map((rule) => [
        rule.id,
        rule.of,
        rule.at_least,
        rule.within_days === null ? period.from : addDays(asOf, 1 - rule.within_days),
        asOf,
        rule.forfeits.includes('watch_time'),
        rule.forfeits.includes('attendance_bonus'),
        rule.forfeits.includes('newcomer_bonus'),
      ]),
    },
    policy_penalty_rule_kind: {
      columns: 'rule_id VARCHAR, kind VARCHAR',
      rows: rules.flatMap((rule) => rule.kinds.map((kind) => [rule.id, kind])),
    },
  };
}
