import { literal, type Row, type Warehouse } from '../../../../engine/duckdb/warehouse.js';
import { type Datum, type LeftOut, type Phrase, phrase, term } from '../model.js';
import { source, text, wholeIn } from './cells.js';
import { fixOf, seenIn } from './hints.js';

/** A fault with what can be read of its row, from a relation `place` of rows (file_no, line). */
const FAULTS = `SELECT h.*, h.file AS source_file, c.chinese,
    coalesce(u.session_id, s.session_id) AS session_id, coalesce(u.ended_at, s.ended_at) AS ended_at, w.settled_file, w.settled_line
  FROM fault_hint AS h
  JOIN place AS p ON p.file_no = h.file_no AND p.line = h.line
  LEFT JOIN export_column AS c ON c.kind = h.kind AND c.name = h.column_name
  LEFT JOIN unsound_record AS u ON u.file_no = h.file_no AND u.line = h.line
  LEFT JOIN session_row AS s ON h.kind = 'sessions' AND s.file_no = h.file_no AND s.line = h.line
  LEFT JOIN unsettled_session AS w ON w.file_no = h.file_no AND w.line = h.line`;

/**
 * Faults of the rows that name the anchor, or a session of it, or the session that is asked for where they show no anchor;
 * and those of ragged rows in which some cell is the anchor's id.
 */
export async function quarantined(
  warehouse: Warehouse,
  anchorId: string,
  sessionId: string | undefined,
): Promise<LeftOut[]> {
  const [anchor, session] = [literal(anchorId), literal(sessionId ?? null)];
  const rows = await warehouse.rows(`WITH place AS (
      SELECT u.file_no, u.line FROM unsound_record AS u
      WHERE u.anchor_id = ${anchor} OR (u.session_id = ${session} AND u.anchor_id IS NULL)
      UNION
      SELECT q.file_no, q.line FROM quarantine_line AS q
      LEFT JOIN unsound_record AS u ON u.file_no = q.file_no AND u.line = q.line
      WHERE (q.column_name = 'anchor_id' AND q.cell = ${anchor})
        OR (q.column_name = 'session_id' AND ((q.cell = ${session} AND u.anchor_id IS NULL)
          OR q.cell IN (SELECT r.session_id FROM session_row AS r WHERE r.anchor_id = ${anchor})))
    ) ${FAULTS}`);
  const own = rows.map((row) => ({ ...leftOut(row, anchorId), why: whyOf(row) }));
  return [...own, ...(await raggedWith(warehouse, anchorId))];
}

/** Of a ragged row nobody knows which cell is the anchor; one that is its id shows that the row may be its own. */
async function raggedWith(warehouse: Warehouse, anchorId: string): Promise<LeftOut[]> {
  const rows = await warehouse.rows(`WITH place AS (
      SELECT u.file_no, u.line FROM unsound_row AS u JOIN active_file AS f ON f.file_no = u.file_no
      WHERE u.width IS NOT NULL AND f.kind NOT IN ('agencies', 'control') AND list_contains(map_values(u.cells), ${literal(anchorId)})
    ) ${FAULTS}`);
  return rows.map((row) => ({
    ...leftOut(row, anchorId),
    why: phrase('some_cell_is', { fault: whyOf(row), anchor: anchorId }),
  }));
}

/** Where no row of the anchor stands, a faulty row of an anchors file that shows no anchor may be its own. */
export async function maybeItsAnchor(warehouse: Warehouse, anchorId: string): Promise<LeftOut[]> {
  const rows = await warehouse.rows(`WITH place AS (
      SELECT DISTINCT q.file_no, q.line FROM quarantine_line AS q
      JOIN unsound_row AS r ON r.file_no = q.file_no AND r.line = q.line
      LEFT JOIN unsound_record AS u ON u.file_no = q.file_no AND u.line = q.line
      WHERE q.kind = 'anchors' AND u.anchor_id IS NULL AND (r.width IS NULL OR r.cells IS NULL)
        AND (q.column_name IS DISTINCT FROM 'anchor_id' OR q.cell IS DISTINCT FROM ${literal(anchorId)})
        AND NOT EXISTS (SELECT 1 FROM standing_anchor AS a WHERE a.anchor_id = ${literal(anchorId)})
    ) ${FAULTS}`);
  return rows.map((row) => {
    const why = phrase(row.column_name === null ? 'fault_row_maybe' : 'fault_maybe', {
      ...valuesOf(row),
      anchor: anchorId,
    });
    return { ...leftOut(row, anchorId), session_id: null, why };
  });
}

/** Rows of sessions files that were left out for their form and show no anchor. */
export async function unattributed(warehouse: Warehouse): Promise<number> {
  const row = await warehouse.one(`SELECT count(*) AS rows FROM unsettled_session AS w
    JOIN unsound_record AS u ON u.file_no = w.file_no AND u.line = w.line WHERE u.anchor_id IS NULL`);
  return wholeIn(row, 'rows');
}

/** Codes whose cell is the id of the session that they are about. */
const OF_SESSION = ['conflicting_duplicate', 'penalty_session_mismatch'];

function leftOut(row: Row, anchorId: string): Omit<LeftOut, 'why'> {
  const named = row.column_name === 'session_id' && OF_SESSION.includes(row.code ?? '') ? (row.cell ?? null) : null;
  return {
    session_id: row.session_id ?? named,
    ended_at: row.ended_at ?? null,
    source: source(row),
    code: text(row, 'code'),
    change: changeOf(row, anchorId),
  };
}

/** Codes that are said by what the cell holds. */
const OF_CELL = /^(bad_|too_precise|out_of_range)/;

function whyOf(row: Row): Phrase {
  const values = valuesOf(row);
  const seen = seenIn(row);
  const fault = faultOf(row, values);
  return seen === null ? fault : phrase('fault_seen', { fault, seen });
}

function faultOf(row: Row, values: Record<string, Datum>): Phrase {
  const { code, cell, width, header_width } = row;
  if (code === 'ragged_row' && width != null && header_width != null)
    return phrase('fault_cells', { ...values, cells: { count: Number(width), of: 'cell' }, header: header_width });
  if (row.column_name == null) return phrase('fault_row', values);
  if (cell == null || !OF_CELL.test(code ?? '')) return phrase('fault', values);
  return phrase('fault_cell', { ...values, cell });
}

function valuesOf(row: Row): Record<string, Datum> {
  const code = term(text(row, 'code'), 'fault');
  return row.column_name == null ? { code } : { code, column: columnOf(row) };
}

/** A column by the name that the exports have for it in the reader's language. */
function columnOf(row: Row): Datum {
  const name = text(row, 'column_name');
  return { column: name, chinese: row.chinese ?? name };
}

function changeOf(row: Row, anchorId: string): Phrase {
  if (row.settled_file != null)
    return phrase('settled_by', { file: row.settled_file, line: text(row, 'settled_line') });
  const { code } = row;
  if (code === 'unknown_anchor') return phrase('anchor_row_needed', { anchor: anchorId });
  if (code === 'conflicting_duplicate') return phrase('one_row_alone');
  if (code === 'penalty_session_mismatch') return phrase('penalty_corrected');
  return fixOf(row, row.column_name == null ? undefined : columnOf(row));
}
