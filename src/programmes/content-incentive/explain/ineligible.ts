import { literal, type Row, type Warehouse } from '../../../engine/duckdb/warehouse.js';
import type { IneligibleCause } from '../policy/reasons.js';
import { text } from './figures/cells.js';
import type { Takes } from './figures/rules.js';
import { type Phrase, phrase, type Rule, type Test, together } from './model.js';

/** P6: what other programmes found against an anchor, and which of it the policy asks about. */
export interface HeldAnchor {
  rows: readonly Row[];
  /** Whether the policy lists a cause on the date of a session. */
  asked: (session: Row, cause: IneligibleCause) => boolean;
}

export async function ineligibleRows(warehouse: Warehouse, anchorId: string): Promise<HeldAnchor> {
  const rows =
    await warehouse.rows(`SELECT i.from_time, i.to_time, i.cause, i.clause, CAST(i.from_time AS DATE) AS from_date,
      CAST(i.to_time AS DATE) AS to_date
    FROM standing_ineligible AS i WHERE i.anchor_id = ${literal(anchorId)} ORDER BY i.from_time, i.cause, i.clause`);
  const listed = await warehouse.rows('SELECT settlement_date, cause FROM policy_ineligible');
  const asked = new Set(listed.map((row) => `${row.settlement_date} ${row.cause}`));
  return { rows, asked: (session, cause) => asked.has(`${session.settlement_date} ${cause}`) };
}

/** Whether nothing of a cause concerns a session: by its start, or an expulsion by the date of its end. */
export function ineligibleTest(session: Row, cause: IneligibleCause, { rows }: HeldAnchor): Test {
  const against = rows.filter((row) => row.cause === cause && concerns(row, session));
  const holds = against.length === 0;
  const stands = session.reasons?.split(';').includes(cause) ?? false;
  if (stands === holds) throw new Error(`${session.session_id}: ${cause} is told otherwise than it was settled`);
  return {
    clause: 'P6',
    test: cause,
    value: holds ? phrase('not_ineligible') : { all: against.map(spanOf) },
    threshold: phrase('not_ineligible'),
    holds,
    margin: null,
    change: holds ? null : together(against.map(liftOf)),
  };
}

function concerns({ cause, from_time, to_time, from_date, to_date }: Row, session: Row): boolean {
  const [start, date] = [text(session, 'started_at'), text(session, 'settlement_date')];
  if (cause === 'expelled') return date >= `${from_date}` && (to_date == null || date <= `${to_date}`);
  return start >= `${from_time}` && (to_time == null || start <= `${to_time}`);
}

function spanOf(row: Row): Phrase {
  const [from, clause] = [text(row, 'from_time'), text(row, 'clause')];
  if (row.to_time == null) return phrase('ineligible_from', { from, clause });
  return phrase('ineligible_within', { from, to: row.to_time, clause });
}

function liftOf(row: Row): Phrase {
  return phrase('ineligible_lifted', { from: text(row, 'from_time'), clause: text(row, 'clause') });
}

/** P6: the rule that takes parts for an expulsion; none where the policy has no such key. */
export async function expelledRule(warehouse: Warehouse, anchorId: string, takes: Takes): Promise<Rule[]> {
  const asked = await warehouse.count("SELECT count(*) FROM policy_forfeit WHERE rule = 'expelled'");
  if (asked === 0) return [];
  const rows =
    await warehouse.rows(`SELECT i.from_time, i.to_time, i.clause FROM standing_ineligible AS i CROSS JOIN policy_run AS p
    WHERE i.anchor_id = ${literal(anchorId)} AND i.cause = 'expelled' AND CAST(i.from_time AS DATE) <= p.as_of
      AND (i.to_time IS NULL OR CAST(i.to_time AS DATE) >= p.period_from) ORDER BY i.from_time, i.clause`);
  const stands = rows.length > 0;
  const test: Test = {
    clause: 'P6',
    test: 'expelled',
    value: stands ? { all: rows.map(spanOf) } : phrase('not_ineligible'),
    threshold: phrase('not_ineligible'),
    holds: !stands,
    margin: null,
    change: stands ? together(rows.map(liftOf)) : null,
  };
  const reason = 'expelled';
  return [{ reason, clause: 'P6', stands, counts: null, test, penalties: [], takes: takes.get(reason) ?? {} }];
}
