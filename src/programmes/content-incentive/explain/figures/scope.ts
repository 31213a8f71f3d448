import { daysFrom } from '../../../../core/beijing.js';
import { literal, type Row, type Warehouse } from '../../../../engine/duckdb/warehouse.js';
import { type Anchor, type Datum, type Phrase, phrase, type Test, term } from '../model.js';
import { source, text } from './cells.js';

/** The anchor's own row, and C1. */
export async function readScope(
  warehouse: Warehouse,
  anchorId: string,
): Promise<{ anchor: Anchor | null; scope: Test[] }> {
  const [row] = await warehouse.rows(`SELECT a.*, s.first_live_on_or_after,
      a.account_kind IN (SELECT k.account_kind FROM policy_account_kind AS k) AS kind_fits
    FROM standing_anchor AS a CROSS JOIN policy_scope AS s WHERE a.anchor_id = ${literal(anchorId)}`);
  if (row === undefined) return { anchor: null, scope: [] };
  const kinds = (await warehouse.rows('SELECT account_kind FROM policy_account_kind ORDER BY account_kind')).map(
    (each) => text(each, 'account_kind'),
  );
  return { anchor: asAnchor(row), scope: [kindTest(row, kinds), firstLiveTest(row)] };
}

function asAnchor(row: Row): Anchor {
  return {
    anchor_id: text(row, 'anchor_id'),
    nickname: row.nickname as string | null,
    agency_id: row.agency_id as string | null,
    person_id: row.person_id as string | null,
    account_kind: text(row, 'account_kind'),
    first_live_on: text(row, 'first_live_on'),
    newcomer_certified_on: row.newcomer_certified_on as string | null,
    compliance_code: text(row, 'compliance_code'),
    source: source(row),
  };
}

function kindTest(row: Row, kinds: readonly string[]): Test {
  const holds = row.kind_fits === 'true';
  const threshold: Datum = { terms: kinds, of: 'account' };
  return {
    clause: 'C1',
    test: 'account_kind',
    value: term(text(row, 'account_kind'), 'account'),
    threshold,
    holds,
    margin: null,
    change: holds ? null : phrase('field_is', { field: term('account_kind', 'column'), value: threshold }),
  };
}

function firstLiveTest(row: Row): Test {
  const value = text(row, 'first_live_on');
  const threshold = text(row, 'first_live_on_or_after');
  const holds = value >= threshold;
  return {
    clause: 'C1',
    test: 'first_live_on',
    value,
    threshold: { notBefore: threshold },
    holds,
    margin: dayMargin(value, threshold),
    change: holds ? null : phrase('date_from', { field: term('first_live_on', 'column'), date: threshold }),
  };
}

/** How far a date lies from another. */
export function dayMargin(date: string, from: string): Phrase {
  const days = daysFrom(from, date);
  if (days === 0) return phrase('that_day', { date: from });
  return phrase(days > 0 ? 'days_after' : 'days_before', {
    days: { count: Math.abs(days), of: 'day' },
    date: from,
  });
}
