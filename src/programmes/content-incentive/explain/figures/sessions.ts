import { decimal, fixed } from '../../../../core/money.js';
import { literal, type Row, type Warehouse } from '../../../../engine/duckdb/warehouse.js';
import { type IneligibleCause, isCause, type JudgedReason, SESSION_REASONS } from '../../policy/reasons.js';
import { type HeldAnchor, ineligibleRows, ineligibleTest } from '../ineligible.js';
import {
  type Calculation,
  type Penalty,
  type Phrase,
  phrase,
  type Session,
  type StateName,
  type Test,
  together,
} from '../model.js';
import { flag, source, text, wholeIn } from './cells.js';
import { sessionPenalties } from './penalties.js';

/** Every session of the period that the rules judged, those without a price or an index too. */
export async function readSessions(warehouse: Warehouse, anchorId: string): Promise<Session[]> {
  // The engine writes decimals as text some ten times as fast as they are converted one by one.
  const rows = await warehouse.rows(`SELECT f.* REPLACE (CAST(f.rec_dwell_minutes AS VARCHAR) AS rec_dwell_minutes,
        CAST(f.unit_price AS VARCHAR) AS unit_price, CAST(f.scarcity_index AS VARCHAR) AS scarcity_index, CAST(f.amount AS VARCHAR) AS amount),
      r.unit_price IS NOT NULL AS own_price, r.scarcity_index IS NOT NULL AS own_index,
      a.file AS source_file,
      d.session_min_seconds, d.replay_retention_months,
      f.ended_at + d.replay_retention_months * INTERVAL '1' MONTH AS replay_until,
      datediff('second', f.ended_at + d.replay_retention_months * INTERVAL '1' MONTH, f.replay_deleted_at) AS replay_seconds,
      t.effective_from, st.source_file AS scarcity_file, st.line AS scarcity_line,
      n.index_op AS newcomer_op, CAST(n.index_value AS VARCHAR) AS newcomer_value, b.index_op AS attendance_op, CAST(b.index_value AS VARCHAR) AS attendance_value,
      l.min_seconds AS share_min_seconds, l.max_level AS share_max_level, w.window_from, w.window_to
    FROM session_figure AS f
    JOIN session_row AS r ON r.file_no = f.file_no AND r.line = f.line
    JOIN active_file AS a ON a.file_no = f.file_no
    JOIN policy_by_day AS d ON d.settlement_date = f.settlement_date
    CROSS JOIN policy_newcomer AS n CROSS JOIN policy_attendance AS b CROSS JOIN policy_low_level_share AS l
    LEFT JOIN newcomer_window AS w ON w.anchor_id = f.anchor_id
    LEFT JOIN scarcity_in_force AS t ON t.track = f.track AND t.settlement_date = f.settlement_date
    LEFT JOIN standing_scarcity AS st ON st.track = t.track AND st.effective_from = t.effective_from
    WHERE f.anchor_id = ${literal(anchorId)} ORDER BY f.settlement_date, f.ended_at, f.session_id`);
  const penalties = await sessionPenalties(warehouse, anchorId);
  const held = await ineligibleRows(warehouse, anchorId);
  return rows.map((row) => asSession(row, penalties.get(text(row, 'session_id')) ?? [], held));
}

function asSession(row: Row, penalties: Penalty[], held: HeldAnchor): Session {
  const missing = flag(row, 'valid') ? factorTests(row) : [];
  const settled = missing.length === 0;
  const tests = [...validityTests(row, penalties, held), ...missing];
  return {
    session_id: text(row, 'session_id'),
    date: text(row, 'settlement_date'),
    started_at: text(row, 'started_at'),
    ended_at: text(row, 'ended_at'),
    effective_seconds: wholeIn(row, 'effective_seconds'),
    quality_level: wholeIn(row, 'quality_level'),
    track: text(row, 'track'),
    source: source(row),
    settled,
    valid: flag(row, 'valid'),
    reasons: row.reasons?.split(';') ?? [],
    amount: settled ? text(row, 'amount') : '0.00',
    calculation: settled ? calculationOf(row) : null,
    tests,
    counts: settled ? countsOf(row) : [],
    penalties,
    change: together(tests.map(({ change }) => change)),
  };
}

/** Whether a reason stands against the session; the rules list all that apply. */
function against(row: Row, reason: string): boolean {
  return row.reasons?.split(';').includes(reason) ?? false;
}

/** C3, test by test, in the order of the reasons; P6 where the policy asks for it on the session's date. */
function validityTests(row: Row, penalties: Penalty[], held: HeldAnchor): Test[] {
  return SESSION_REASONS.flatMap((each) => {
    if (isCause(each.reason)) return held.asked(row, each.reason) ? ineligibleTest(row, each.reason, held) : [];
    if (!('flag' in each)) return JUDGED[each.reason](row, penalties);
    return flagTest(each.flag.column, each.clause, flag(row, each.flag.column), each.flag.must);
  });
}

const JUDGED: Record<Exclude<JudgedReason, IneligibleCause>, (row: Row, penalties: Penalty[]) => Test> = {
  out_of_scope: scopeTest,
  too_short: durationTest,
  punished: punishedTest,
  replay_deleted: replayTest,
};

function scopeTest(row: Row): Test {
  const holds = !against(row, 'out_of_scope');
  return { ...flagTest('in_scope', 'C1', holds, true), change: holds ? null : phrase('anchor_in_scope') };
}

function flagTest(test: StateName, clause: string, is: boolean, must: boolean): Test {
  const holds = is === must;
  const change = holds ? null : phrase('flag_is', { state: { state: test, is: must } });
  return { clause, test, value: { flag: is }, threshold: { flag: must }, holds, margin: null, change };
}

/** Seconds against seconds that a policy gives in minutes. */
export function secondsMargin(value: number, threshold: number): Phrase {
  const minutes = { minutes: threshold };
  if (value === threshold) return phrase('exactly', { threshold: minutes });
  if (value < threshold) return phrase('short_of', { short: { seconds: threshold - value }, threshold: minutes });
  return phrase('above', { over: { seconds: value - threshold }, threshold: minutes });
}

function durationTest(row: Row): Test {
  const value = wholeIn(row, 'duration_seconds');
  const threshold = wholeIn(row, 'session_min_seconds');
  const holds = !against(row, 'too_short');
  return {
    clause: 'C3',
    test: 'duration_seconds',
    value: { seconds: value },
    threshold: { minutes: threshold },
    holds,
    margin: secondsMargin(value, threshold),
    change: holds ? null : phrase('more_time', { time: { more: threshold - value } }),
  };
}

function punishedTest(row: Row, penalties: Penalty[]): Test {
  const counting = penalties.filter(({ counts }) => counts);
  const holds = !/(^|;)punished:/.test(row.reasons ?? '');
  return {
    clause: 'C3',
    test: 'punished',
    value: holds ? phrase('no_penalty') : { imposed: counting },
    threshold: phrase('no_penalty'),
    holds,
    margin: null,
    change: holds ? null : revoked(counting, counting.length),
  };
}

/** So many of the penalties revoked, by their ids. */
export function revoked(penalties: readonly Penalty[], needed: number): Phrase {
  const ids = { ids: penalties.map(({ penalty_id }) => penalty_id) };
  if (penalties.length === 1) return phrase('revoked', { penalty: ids });
  if (needed === penalties.length) return phrase('all_revoked', { penalties: ids });
  return phrase('some_revoked', { number: String(needed), penalties: ids });
}

function replayTest(row: Row): Test {
  const until = text(row, 'replay_until');
  const holds = !against(row, 'replay_deleted');
  const deleted = row.replay_deleted_at ?? null;
  return {
    clause: 'C3',
    test: 'replay_deleted_at',
    value: deleted ?? phrase('never'),
    threshold: { notBefore: until },
    holds,
    margin: deleted === null ? null : replayMargin(wholeIn(row, 'replay_seconds')),
    change: holds ? null : phrase('replay_until', { time: until }),
  };
}

function replayMargin(seconds: number): Phrase {
  if (seconds === 0) return phrase('that_second');
  return phrase(seconds < 0 ? 'too_early' : 'late_enough', { time: { span: Math.abs(seconds) } });
}

/** C6, C7: a valid session needs an index and a price. */
function factorTests(row: Row): Test[] {
  const track = text(row, 'track');
  const missing: Test[] = [];
  const given = { threshold: phrase('some'), value: phrase('none'), holds: false, margin: null };
  if (row.scarcity_index === null) {
    const change = phrase('index_needed', { track, date: text(row, 'settlement_date') });
    missing.push({ ...given, clause: 'C6', test: 'scarcity_index', change });
  }
  if (row.unit_price === null) {
    const change = phrase('price_needed', { level: text(row, 'quality_level') });
    missing.push({ ...given, clause: 'C7', test: 'unit_price', change });
  }
  return missing;
}

function calculationOf(row: Row): Calculation | null {
  if (!flag(row, 'valid')) return null;
  const [dwell, price, index] = [text(row, 'rec_dwell_minutes'), text(row, 'unit_price'), text(row, 'scarcity_index')];
  const product = decimal(dwell).times(decimal(price)).times(decimal(index));
  const amount = text(row, 'amount');
  if (fixed(product, 2) !== amount) throw new Error(`${row.session_id}: ${product} is not rounded to ${amount}`);
  return {
    rec_dwell_minutes: dwell,
    unit_price: price,
    unit_price_from: flag(row, 'own_price')
      ? phrase('from_export')
      : phrase('from_rate', { level: text(row, 'quality_level') }),
    scarcity_index: index,
    scarcity_index_from: flag(row, 'own_index') ? phrase('from_export') : fromTable(row),
    scarcity_source: flag(row, 'own_index')
      ? null
      : { file: text(row, 'scarcity_file'), line: wholeIn(row, 'scarcity_line') },
    product: product.toString(),
    amount,
  };
}

function fromTable(row: Row): Phrase {
  const file = text(row, 'scarcity_file');
  const values = {
    file,
    line: text(row, 'scarcity_line'),
    date: text(row, 'effective_from'),
    track: text(row, 'track'),
  };
  return phrase(flag(row, 'index_overdue') ? 'from_old_table' : 'from_table', values);
}

/** What else the session counts for: C10, C11. */
function countsOf(row: Row): Test[] {
  const attendance = indexTest(row, 'attendance');
  const newcomer = windowed(row, indexTest(row, 'newcomer'));
  const long = flag(row, 'counts_for_share');
  const least = wholeIn(row, 'share_min_seconds');
  const share: Test = {
    clause: 'C11',
    test: 'counts_for_share',
    value: { seconds: wholeIn(row, 'duration_seconds') },
    threshold: { minutes: least },
    holds: long,
    margin: long
      ? phrase(flag(row, 'low_level') ? 'low_level' : 'not_low_level', {
          level: text(row, 'quality_level'),
          most: text(row, 'share_max_level'),
        })
      : secondsMargin(wholeIn(row, 'duration_seconds'), least),
    change: null,
  };
  return [attendance, newcomer, share];
}

function indexTest(row: Row, bonus: 'attendance' | 'newcomer'): Test {
  const valid = flag(row, 'valid');
  const holds = flag(row, `counts_for_${bonus}`);
  const threshold = `${row[`${bonus}_op`]} ${row[`${bonus}_value`]}`;
  return {
    clause: bonus === 'attendance' ? 'C11' : 'C10',
    test: bonus === 'attendance' ? 'counts_for_attendance' : 'counts_for_newcomer',
    value: row.scarcity_index ?? null,
    threshold,
    holds,
    margin: valid ? null : phrase('not_valid'),
    change: holds || !valid ? null : phrase('index_is', { index: threshold }),
  };
}

/** C9: a session outside the window counts for no newcomer bonus, whatever its index. */
function windowed(row: Row, test: Test): Test {
  if (row.window_from === null) return { ...test, holds: false, margin: phrase('no_window'), change: null };
  const [from, to, date] = [text(row, 'window_from'), text(row, 'window_to'), text(row, 'settlement_date')];
  if (date >= from && date <= to) return test;
  return { ...test, holds: false, margin: phrase('outside_window', { from, to }), change: null };
}
