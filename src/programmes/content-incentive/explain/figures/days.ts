import { decimal, fixed } from '../../../../core/money.js';
import { literal, type Row, type Warehouse } from '../../../../engine/duckdb/warehouse.js';
import { type Day, type Phrase, phrase, type Test } from '../model.js';
import { flag, text, wholeIn } from './cells.js';
import { secondsMargin } from './sessions.js';

/** Every date with a settled session: C4, C5 and C8. */
export async function readDays(warehouse: Warehouse, anchorId: string): Promise<Day[]> {
  const rows =
    await warehouse.rows(`SELECT d.* REPLACE (CAST(d.gross AS VARCHAR) AS gross, CAST(d.cap AS VARCHAR) AS cap,
        CAST(d.withheld AS VARCHAR) AS withheld, CAST(d.watch_time AS VARCHAR) AS watch_time), p.day_min_seconds, c.max_level, d.settlement_date BETWEEN w.window_from AND w.window_to AS in_window,
      (SELECT min(h.above_level) FROM policy_daily_cap AS h
        WHERE h.settlement_date = d.settlement_date AND h.above_level >= c.max_level AND h.cap > c.cap) AS higher_above,
      (SELECT max(h.max_level) FROM policy_daily_cap AS h WHERE h.settlement_date = d.settlement_date) AS last_level
    FROM day_amount AS d
    JOIN policy_by_day AS p ON p.settlement_date = d.settlement_date
    LEFT JOIN newcomer_window AS w ON w.anchor_id = d.anchor_id
    LEFT JOIN policy_daily_cap AS c
      ON c.settlement_date = d.settlement_date AND d.top_level > c.above_level AND d.top_level <= c.max_level
    WHERE d.anchor_id = ${literal(anchorId)} ORDER BY d.settlement_date`);
  return rows.map(asDay);
}

function asDay(row: Row): Day {
  return {
    date: text(row, 'settlement_date'),
    sessions: wholeIn(row, 'sessions'),
    valid_sessions: wholeIn(row, 'valid_sessions'),
    valid_seconds: wholeIn(row, 'valid_seconds'),
    valid_day: flag(row, 'valid_day'),
    top_level: row.top_level === null ? null : wholeIn(row, 'top_level'),
    cap: row.cap ?? null,
    gross: text(row, 'gross'),
    withheld: text(row, 'withheld'),
    watch_time: text(row, 'watch_time'),
    tests: [validDayTest(row), ...(row.top_level === null ? [] : [capTest(row)])],
    counts: [bonusDayTest(row, 'attendance'), ...(flag(row, 'in_window') ? [bonusDayTest(row, 'newcomer')] : [])],
  };
}

function validDayTest(row: Row): Test {
  const value = wholeIn(row, 'valid_seconds');
  const threshold = wholeIn(row, 'day_min_seconds');
  const holds = flag(row, 'valid_day');
  const someValid = wholeIn(row, 'valid_sessions') > 0;
  const missing = someValid
    ? phrase('more_time', { time: { more: threshold - value } })
    : phrase('valid_session_needed');
  return {
    clause: 'C5',
    test: 'valid_seconds',
    value: { seconds: value },
    threshold: { minutes: threshold },
    holds,
    margin: someValid ? secondsMargin(value, threshold) : phrase('none_valid'),
    change: holds ? null : missing,
  };
}

function bonusDayTest(row: Row, bonus: 'attendance' | 'newcomer'): Test {
  const value = wholeIn(row, `${bonus}_seconds`);
  const threshold = wholeIn(row, 'day_min_seconds');
  const holds = flag(row, `${bonus}_day`);
  return {
    clause: bonus === 'attendance' ? 'C11' : 'C10',
    test: bonus === 'attendance' ? 'attendance_seconds' : 'newcomer_seconds',
    value: { seconds: value },
    threshold: { minutes: threshold },
    holds,
    margin: secondsMargin(value, threshold),
    change: holds ? null : phrase('counting_time', { time: { more: Math.max(0, threshold - value) } }),
  };
}

function capTest(row: Row): Test {
  const gross = text(row, 'gross');
  const level = text(row, 'top_level');
  const cap = row.cap ?? null;
  const holds = decimal(text(row, 'withheld')).isZero();
  return {
    clause: 'C8',
    test: 'daily_cap',
    value: { money: gross },
    threshold: cap === null ? phrase('uncapped') : { money: cap },
    holds,
    margin: cap === null ? phrase('level_uncapped', { level }) : capMargin(row, cap),
    change: holds ? null : higherCap(row),
  };
}

function capMargin(row: Row, cap: string): Phrase {
  const level = text(row, 'max_level');
  const over = decimal(text(row, 'gross')).minus(decimal(cap));
  if (over.isZero()) return phrase('exactly_cap', { level });
  const money = { money: fixed(over.abs(), 2) };
  return phrase(over.isNegative() ? 'below_cap' : 'above_cap', { money, level });
}

/** The lowest level with a higher cap, or with none. */
function higherCap(row: Row): Phrase {
  const above = row.higher_above ?? row.last_level ?? '';
  const level = String(Number(above) + 1);
  return phrase('higher_level', { level });
}
