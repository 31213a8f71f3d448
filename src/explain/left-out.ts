import { daysFrom } from '../beijing.js';
import { literal, type Row, type Warehouse } from '../warehouse.js';
import { source, text, whole } from './cells.js';
import { type Datum, type LeftOut, type Phrase, phrase, type Session, term } from './model.js';
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

/** What is quarantined under the anchor's id, or the session's where one is asked for; other faulty rows show no id. */
async function quarantined(warehouse: Warehouse, anchorId: string, sessionId: string | undefined): Promise<LeftOut[]> {
  const rows = await warehouse.rows(`SELECT q.*, q.file AS source_file, s.session_id, s.ended_at
    FROM quarantine_line AS q
    LEFT JOIN session_row AS s ON q.kind = 'sessions' AND s.file_no = q.file_no AND s.line = q.line
    WHERE (q.column_name = 'anchor_id' AND q.cell = ${literal(anchorId)})
      OR (q.column_name = 'session_id' AND (q.cell = ${literal(sessionId ?? null)}
        OR q.cell IN (SELECT r.session_id FROM session_row AS r WHERE r.anchor_id = ${literal(anchorId)})))`);
  return rows.map((row) => ({
    ...faulty(row),
    session_id: row.session_id ?? (row.column_name === 'session_id' ? (row.cell ?? null) : null),
    why: faultOf(row),
    change: changeOf(row, anchorId),
  }));
}

/** Where no row of the anchor stands, a faulty row of an anchors file may be its own. */
async function maybeItsAnchor(warehouse: Warehouse, anchorId: string): Promise<LeftOut[]> {
  const rows = await warehouse.rows(`SELECT q.*, q.file AS source_file, NULL AS ended_at FROM quarantine_line AS q
    WHERE q.kind = 'anchors' AND (q.column_name IS DISTINCT FROM 'anchor_id' OR q.cell IS DISTINCT FROM ${literal(anchorId)})
      AND NOT EXISTS (SELECT 1 FROM standing_anchor AS a WHERE a.anchor_id = ${literal(anchorId)})`);
  return rows.map((row) => {
    const values = { ...valuesOf(row), anchor: anchorId };
    const why = phrase(row.column_name === null ? 'fault_row_maybe' : 'fault_maybe', values);
    return { ...faulty(row), session_id: null, why, change: mended(row) };
  });
}

function faulty(row: Row): Pick<LeftOut, 'ended_at' | 'source' | 'code'> {
  return { ended_at: row.ended_at ?? null, source: source(row), code: text(row, 'code') };
}

function faultOf(row: Row): Phrase {
  return phrase(row.column_name === null ? 'fault_row' : 'fault', valuesOf(row));
}

function valuesOf(row: Row): Record<string, Datum> {
  const column = row.column_name ?? null;
  const code = term(text(row, 'code'), 'fault');
  return { code, ...(column === null ? {} : { column: term(column, 'column') }) };
}

function mended(row: Row): Phrase {
  const column = row.column_name ?? null;
  return column === null ? phrase('row_mended') : phrase('cell_mended', { column: term(column, 'column') });
}

function changeOf(row: Row, anchorId: string): Phrase {
  const { code } = row;
  if (code === 'unknown_anchor') return phrase('anchor_row_needed', { anchor: anchorId });
  if (code === 'conflicting_duplicate') return phrase('one_row_alone');
  if (code === 'penalty_session_mismatch') return phrase('penalty_corrected');
  return mended(row);
}

/** Rows of sessions files that were left out for their form: whose they are is not known. */
export async function unattributed(warehouse: Warehouse): Promise<number> {
  const row =
    await warehouse.one(`SELECT count(*) AS rows FROM (SELECT DISTINCT q.file_no, q.line FROM quarantine_line AS q
    JOIN unsound_row AS u ON u.file_no = q.file_no AND u.line = q.line WHERE q.kind = 'sessions')`);
  return whole(row, 'rows');
}
