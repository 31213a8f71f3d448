-- what: every fault with its likely cause, where the cell or the row shows one      grain: file_no, line, column_name, code
-- reads: quarantine_line, row_hint, unsound_row, file_seen      writes: fault_hint (view)
-- why: "not a time" tells nobody that a spreadsheet put the day first; whoever exports it must know what to change.
WITH header AS (
  SELECT s.file_no, max(s.cells) AS header_width
  FROM file_seen AS s
  WHERE s.what = 'header'
  GROUP BY s.file_no
),
ragged AS (
  SELECT u.file_no, u.line, u.width, h.header_width
  FROM unsound_row AS u
  JOIN header AS h ON h.file_no = u.file_no
  WHERE u.width IS NOT NULL
),
looked AS (
  SELECT q.file_no, q.file, q.kind, q.line, q.column_name, q.code, q.cell, r.hint AS row_hint, r.detail AS row_detail,
    CASE WHEN r.hint IS NULL THEN clue_of(q.code, q.cell) END AS clue,
    CASE WHEN r.hint IS NULL THEN strange_characters(q.code, q.column_name, q.cell) END AS strange
  FROM quarantine_line AS q
  LEFT JOIN row_hint AS r ON r.file_no = q.file_no AND r.line = q.line
)
SELECT l.file_no, l.file, l.kind, l.line, l.column_name, l.code, l.cell,
  CAST(g.width AS BIGINT) AS width,
  CAST(g.header_width AS BIGINT) AS header_width,
  coalesce(l.row_hint, CASE WHEN len(l.strange) > 0 THEN 'characters' END, l.clue) AS hint,
  CASE WHEN l.row_hint IS NOT NULL THEN l.row_detail WHEN len(l.strange) > 0 THEN code_points(l.strange) END AS detail
FROM looked AS l
LEFT JOIN ragged AS g ON g.file_no = l.file_no AND g.line = l.line
