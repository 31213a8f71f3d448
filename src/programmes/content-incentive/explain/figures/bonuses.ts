import { literal, type Row, type Warehouse } from '../../../../engine/duckdb/warehouse.js';
import { BONUSES, type BonusName } from '../../policy/parts.js';
import { type Bonus, type BonusTier, type Phrase, phrase, type Test } from '../model.js';
import { flag, text, wholeIn } from './cells.js';
import { type Left, leftOf, paceOf } from './pace.js';
import { readShare } from './share.js';

/** C11 and C10: what was counted, and every tier with what is met of it and what is missing. */
export async function readBonuses(warehouse: Warehouse, anchorId: string): Promise<Bonus[]> {
  const anchor = literal(anchorId);
  const [about] = await warehouse.rows(`SELECT r.*, s.in_scope, a.newcomer_certified_on, n.window_days,
      a.newcomer_certified_on BETWEEN r.period_from AND r.period_to AS certified_in_period, w.window_from, w.window_to
    FROM standing_anchor AS a
    JOIN anchor_scope AS s ON s.anchor_id = a.anchor_id
    LEFT JOIN newcomer_window AS w ON w.anchor_id = a.anchor_id
    CROSS JOIN policy_run AS r CROSS JOIN policy_newcomer AS n WHERE a.anchor_id = ${anchor}`);
  if (about === undefined) return [];
  const share = await readShare(warehouse, anchorId);
  const bonuses: Bonus[] = [];
  for (const declared of BONUSES) bonuses.push(await readBonus(warehouse, anchor, about, declared));
  return bonuses.map((bonus) => (bonus.bonus === 'attendance_bonus' ? { ...bonus, share } : bonus));
}

async function readBonus(
  warehouse: Warehouse,
  anchor: string,
  about: Row,
  { name: bonus, clause }: (typeof BONUSES)[number],
): Promise<Bonus> {
  const [found] = await warehouse.rows(
    `SELECT days, seconds, earned FROM anchor_part WHERE anchor_id = ${anchor} AND part = '${bonus}'`,
  );
  const inWindow = bonus === 'newcomer_bonus' && about.window_from !== null;
  const window = inWindow ? { from: text(about, 'window_from'), to: text(about, 'window_to') } : null;
  const [days, seconds] = found === undefined ? [0, 0] : [wholeIn(found, 'days'), wholeIn(found, 'seconds')];
  const none = noneOf(about, bonus);
  const left = none === null ? leftOf(about, window) : null;
  const tiers = await warehouse.rows(`SELECT t.*, ${days} AS days, ${seconds} AS seconds,
      ${days} >= t.valid_days AS days_hold, ${seconds} >= t.valid_seconds AS seconds_hold
    FROM policy_tier AS t WHERE t.bonus = '${bonus}' ORDER BY t.amount, t.valid_days, t.valid_seconds`);
  return {
    bonus,
    clause,
    none: none?.why ?? null,
    change: none?.change ?? null,
    window,
    days,
    seconds,
    counted: none === null ? await countedOf(warehouse, anchor, bonus, window) : null,
    amount: found === undefined ? '0.00' : text(found, 'earned'),
    tiers: none === null ? tiers.map((row) => asTier({ ...row, clause }, left)) : [],
    share: null,
  };
}

interface None {
  why: Phrase;
  change: Phrase;
}

/** Why there is no such bonus for the anchor, whatever its days. */
function noneOf(about: Row, bonus: Bonus['bonus']): None | null {
  if (!flag(about, 'in_scope')) return { why: phrase('bonus_out_of_scope'), change: phrase('anchor_in_scope') };
  if (bonus !== 'newcomer_bonus' || about.window_from !== null) return null;
  const date = about.newcomer_certified_on ?? null;
  if (date !== null && flag(about, 'certified_in_period'))
    return { why: phrase('window_not_yet', { date }), change: phrase('as_of_needed', { date }) };
  const period = { from: text(about, 'period_from'), to: text(about, 'period_to') };
  const change = phrase('certified_within', period);
  return { why: date === null ? phrase('not_certified') : phrase('certified_outside', { date, ...period }), change };
}

/** Bonuses that count the valid sessions of some index alone, as the rules' columns name them. */
const BY_INDEX: Partial<Record<BonusName, string>> = { attendance_bonus: 'attendance', newcomer_bonus: 'newcomer' };

/** Valid sessions (in the window), and of them those whose index passes the bonus' own test. */
async function countedOf(
  warehouse: Warehouse,
  anchor: string,
  bonus: Bonus['bonus'],
  window: Bonus['window'],
): Promise<Phrase | null> {
  const kind = BY_INDEX[bonus];
  if (kind === undefined) return null;
  const within = window === null ? '' : `AND s.settlement_date BETWEEN '${window.from}' AND '${window.to}'`;
  const row = await warehouse.one(`SELECT p.index_op, p.index_value, count(s.session_id) AS valid,
      count(CASE WHEN s.counts_for_${kind} THEN 1 END) AS counted
    FROM policy_${kind} AS p LEFT JOIN session_line AS s ON s.anchor_id = ${anchor} AND s.valid ${within}
    GROUP BY p.index_op, p.index_value`);
  return phrase('counted_sessions', {
    counted: text(row, 'counted'),
    valid: { count: wholeIn(row, 'valid'), of: 'valid_session' },
    test: `${text(row, 'index_op')} ${text(row, 'index_value')}`,
  });
}

function asTier(row: Row, left: Left | null): BonusTier {
  const tests = [daysTest(row), secondsTest(row)];
  const reached = tests.every(({ holds }) => holds);
  const shortDays = Math.max(0, wholeIn(row, 'valid_days') - wholeIn(row, 'days'));
  const shortSeconds = Math.max(0, wholeIn(row, 'valid_seconds') - wholeIn(row, 'seconds'));
  return {
    amount: text(row, 'amount'),
    reached,
    tests,
    margin: tierMargin(row, shortDays, shortSeconds),
    change: reached ? null : tierChange(shortDays, shortSeconds),
    pace: left === null || reached ? null : paceOf(left, shortDays, shortSeconds),
  };
}

function daysTest(row: Row): Test {
  const [value, threshold] = [wholeIn(row, 'days'), wholeIn(row, 'valid_days')];
  const holds = flag(row, 'days_hold');
  const values = (count: number) =>
    ({ days: { count, of: 'valid_day' }, tier: { amount: text(row, 'amount') } }) as const;
  return {
    clause: text(row, 'clause'),
    test: 'tier_valid_days',
    value: { count: value, of: 'valid_day' },
    threshold: { count: threshold, of: 'valid_day' },
    holds,
    margin: holds ? phrase('days_over', values(value - threshold)) : phrase('days_short', values(threshold - value)),
    change: holds ? null : phrase('more_days', { days: { count: threshold - value, of: 'more_valid_day' } }),
  };
}

function secondsTest(row: Row): Test {
  const [value, threshold] = [wholeIn(row, 'seconds'), wholeIn(row, 'valid_seconds')];
  const holds = flag(row, 'seconds_hold');
  const values = (seconds: number) => ({ time: { seconds }, tier: { amount: text(row, 'amount') } }) as const;
  return {
    clause: text(row, 'clause'),
    test: 'tier_valid_seconds',
    value: { seconds: value },
    threshold: { seconds: threshold },
    holds,
    margin: holds ? phrase('time_over', values(value - threshold)) : phrase('time_short', values(threshold - value)),
    change: holds ? null : phrase('more_time', { time: { more: threshold - value } }),
  };
}

function tierMargin(row: Row, shortDays: number, shortSeconds: number): Phrase {
  const tier = { amount: text(row, 'amount') };
  const days = { count: shortDays, of: 'valid_day' } as const;
  const time = { seconds: shortSeconds };
  if (shortDays > 0 && shortSeconds > 0) return phrase('both_short', { days, time, tier });
  if (shortDays > 0) return phrase('days_short', { days, tier });
  return shortSeconds > 0 ? phrase('time_short', { time, tier }) : phrase('tier_met', { tier });
}

/** More valid days bring their own time, so that days of the right length are one fact and not two. */
function tierChange(shortDays: number, shortSeconds: number): Phrase {
  const days = { count: shortDays, of: 'more_valid_day' } as const;
  if (shortDays > 0 && shortSeconds > 0) return phrase('more_days_of', { days, time: { seconds: shortSeconds } });
  return shortDays > 0 ? phrase('more_days', { days }) : phrase('more_time', { time: { more: shortSeconds } });
}
