-- what: whose rows those are that were left out for their form, as far as it can be read      grain: file_no, line
-- reads: unsound_row, active_file, row_fault      writes: unsound_record (view)
-- why: a row that isn't settled is asked for by its session and its anchor. Of a ragged row no cell has a certain column.
-- An older build kept no cells, but the key of rows that contradict each other stands in their fault.
-- An id that a workbook holds as a number may look like one and be a fault.
WITH repeated AS (
  SELECT DISTINCT r.file_no, r.line, r.cell
  FROM row_fault AS r
  WHERE r.code = 'conflicting_duplicate' AND r.column_name = 'session_id'
),
no_id AS (
  SELECT r.file_no, r.line,
    MAX(CASE WHEN r.column_name = 'session_id' THEN 1 ELSE 0 END) = 1 AS of_session,
    MAX(CASE WHEN r.column_name = 'anchor_id' THEN 1 ELSE 0 END) = 1 AS of_anchor
  FROM row_fault AS r
  WHERE r.code = 'bad_id'
  GROUP BY r.file_no, r.line
)
SELECT u.file_no, u.line,
  CASE WHEN is_id(u.cells['session_id']) AND n.of_session IS NOT TRUE THEN u.cells['session_id'] ELSE d.cell END AS session_id,
  CASE WHEN is_id(u.cells['anchor_id']) AND n.of_anchor IS NOT TRUE THEN u.cells['anchor_id'] END AS anchor_id,
  u.session_ended_at AS ended_at
FROM unsound_row AS u
JOIN active_file AS f ON f.file_no = u.file_no
LEFT JOIN repeated AS d ON d.file_no = u.file_no AND d.line = u.line
LEFT JOIN no_id AS n ON n.file_no = u.file_no AND n.line = u.line
