import { daysFrom } from '../../../../core/beijing.js';
import { literal, type Warehouse } from '../../../../engine/duckdb/warehouse.js';
import { type LeftOut, type Phrase, phrase, type Session, term } from '../model.js';
import { source, text } from './cells.js';
import { maybeItsAnchor, quarantined } from './quarantined.js';
import { dayMargin } from './scope.js';

/** Rows of the anchor that aren't settled, by file and line; a row outside the period is that, whatever else it is. */
export async function readLeftOut(
  warehouse: Warehouse,
  anchorId: string,
  sessions: readonly Session[],
  sessionId: string | undefined,
): Promise<LeftOut[]> {
  const own = [
    ...(await outside(warehouse, anchorId)),
    ...(await superseded(warehouse, anchorId)),
    ...sessions.filter(({ settled }) => !settled).flatMap(unsettled),
    ...(await quarantined(warehouse, anchorId, sessionId)),
  ];
  const found = own.length === 0 ? [] : [...own, ...(await maybeItsAnchor(warehouse, anchorId))];
  const place = ({ source: { file, line } }: LeftOut): string => `${file} ${String(line).padStart(12, '0')}`;
  return found.sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

async function outside(warehouse: Warehouse, anchorId: string): Promise<LeftOut[]> {
  const rows =
    await warehouse.rows(`SELECT s.session_id, s.ended_at, CAST(s.ended_at AS DATE) AS ended_on, s.line, f.file AS source_file,
      p.period_from, p.period_to, p.as_of
    FROM session_row AS s JOIN active_file AS f ON f.file_no = s.file_no CROSS JOIN policy_run AS p
    WHERE s.anchor_id = ${literal(anchorId)} AND CAST(s.ended_at AS DATE) NOT BETWEEN p.period_from AND p.as_of`);
  return rows.map((row) => {
    const date = text(row, 'ended_on');
    const [from, asOf, to] = [text(row, 'period_from'), text(row, 'as_of'), text(row, 'period_to')];
    const margin = dayMargin(date, date < from ? from : asOf);
    return {
      session_id: text(row, 'session_id'),
      ended_at: text(row, 'ended_at'),
      source: source(row),
      code: 'outside_period',
      why: phrase('ended_outside', { date, margin }),
      change: insideChange(date, from, to),
    };
  });
}

function insideChange(date: string, from: string, to: string): Phrase {
  if (date < from) return phrase('time_from', { time: `${from} 00:00:00` });
  if (daysFrom(date, to) >= 0) return phrase('as_of_needed', { date });
  return phrase('time_to', { time: `${to} 23:59:59` });
}

async function superseded(warehouse: Warehouse, anchorId: string): Promise<LeftOut[]> {
  const rows =
    await warehouse.rows(`SELECT s.session_id, s.ended_at, s.line, f.file AS source_file, g.file AS newer_file, n.line AS newer_line
    FROM session_row AS s
    JOIN superseded_session AS x ON x.file_no = s.file_no AND x.line = s.line
    JOIN active_file AS f ON f.file_no = s.file_no
    JOIN session_row AS n ON n.session_id = s.session_id
    JOIN active_file AS g ON g.file_no = n.file_no
    CROSS JOIN policy_run AS p
    WHERE s.anchor_id = ${literal(anchorId)} AND CAST(s.ended_at AS DATE) BETWEEN p.period_from AND p.as_of
      AND NOT EXISTS (SELECT 1 FROM superseded_session AS y WHERE y.file_no = n.file_no AND y.line = n.line)`);
  return rows.map((row) => {
    const newer = { file: text(row, 'newer_file'), line: text(row, 'newer_line') };
    return {
      session_id: text(row, 'session_id'),
      ended_at: text(row, 'ended_at'),
      source: source(row),
      code: 'superseded',
      why: phrase('loaded_later'),
      change: phrase('newer_row', newer),
    };
  });
}

/** C6, C7: without an index or a price. */
function unsettled({ session_id, ended_at, source, tests, change }: Session): LeftOut[] {
  return tests
    .filter(({ holds }) => !holds)
    .map(({ test }) => {
      const code = `no_${test}`;
      const why = phrase('fault', { column: term(test, 'column'), code: term(code, 'fault') });
      return { session_id, ended_at, source, code, why, change };
    });
}
