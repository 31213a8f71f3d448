-- what: sessions of the period that can't be settled      grain: file_no, line, code
-- reads: period_row, standing_anchor, session_figure      writes: session_fault (table)
-- why: what is not paid for a fault must be named with its source row. Of a session of an unknown anchor nothing else is asked.
SELECT r.file_no, r.line, 'anchor_id' AS column_name, 'unknown_anchor' AS code, r.anchor_id AS cell
FROM period_row AS r
LEFT JOIN standing_anchor AS a ON a.anchor_id = r.anchor_id
WHERE a.anchor_id IS NULL
UNION ALL
SELECT f.file_no, f.line, 'scarcity_index', 'no_scarcity_index', NULL
FROM session_figure AS f
WHERE f.valid AND f.scarcity_index IS NULL
UNION ALL
SELECT f.file_no, f.line, 'unit_price', 'no_unit_price', NULL
FROM session_figure AS f
WHERE f.valid AND f.unit_price IS NULL
