import { literal, type Row, type Warehouse } from '../../../../engine/duckdb/warehouse.js';
import { type Penalty, type Phrase, phrase, term } from '../model.js';
import { flag, source, text } from './cells.js';

/** C3, C14: the penalties that name a session of the anchor, by session, whether they count or not. */
export async function sessionPenalties(warehouse: Warehouse, anchorId: string): Promise<Map<string, Penalty[]>> {
  const rows = await warehouse.rows(`SELECT p.*, u.penalty_id IS NOT NULL AND k.kind IS NOT NULL AS counts
    FROM judged_penalty AS p
    JOIN period_row AS s ON s.session_id = p.session_id
    LEFT JOIN upheld_penalty AS u ON u.penalty_id = p.penalty_id
    LEFT JOIN policy_invalidating_penalty AS k ON k.settlement_date = s.settlement_date AND k.kind = p.kind
    WHERE s.anchor_id = ${literal(anchorId)} ORDER BY p.penalized_at, p.penalty_id`);
  const bySession = new Map<string, Penalty[]>();
  for (const row of rows) {
    const session = text(row, 'session_id');
    const why = phrase('kind_not_listed', { kind: term(text(row, 'kind'), 'kind') });
    bySession.set(session, [...(bySession.get(session) ?? []), asPenalty(row, why)]);
  }
  return bySession;
}

/** A penalty that doesn't count is revoked or faulty, or else it fails what `otherwise` says. */
export function asPenalty(row: Row, otherwise: Phrase): Penalty {
  const counts = flag(row, 'counts');
  return {
    penalty_id: text(row, 'penalty_id'),
    kind: text(row, 'kind'),
    penalized_at: text(row, 'penalized_at'),
    session_id: row.session_id as string | null,
    source: source(row),
    counts,
    why: counts ? null : whyNot(row, otherwise),
  };
}

function whyNot(row: Row, otherwise: Phrase): Phrase {
  if (row.status !== 'upheld') return phrase('is_revoked');
  if (row.fault !== null) return phrase('is_faulty', { code: term(text(row, 'fault'), 'fault') });
  return otherwise;
}
