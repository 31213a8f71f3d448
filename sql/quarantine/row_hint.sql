-- what: rows that aren't what the file is about: total lines, and a header that stands again      grain: file_no, line
-- reads: quarantine_line, unsound_row, active_file, export_column      writes: row_hint (table)
-- why: such a row has nearly as many faults as cells, and what is to be done about it is one thing.
-- A header shows by a faulty cell that is called like a column; of a ragged row no cell is faulty, so it takes two of any.
WITH known_name AS (
  SELECT kind, name AS cell FROM export_column
  UNION
  SELECT kind, chinese FROM export_column
),
ragged_cell AS (
  SELECT u.file_no, u.line, f.kind, unnest(map_values(u.cells)) AS cell
  FROM unsound_row AS u
  JOIN active_file AS f ON f.file_no = u.file_no
  WHERE u.width IS NOT NULL
),
header_line AS (
  SELECT q.file_no, q.line
  FROM quarantine_line AS q
  JOIN known_name AS n ON n.kind = q.kind AND n.cell = q.cell
  UNION
  SELECT r.file_no, r.line
  FROM ragged_cell AS r
  JOIN known_name AS n ON n.kind = r.kind AND n.cell = r.cell
  GROUP BY r.file_no, r.line
  HAVING count(*) > 1
),
total_line AS (
  SELECT u.file_no, u.line,
    regexp_extract(array_to_string(list_filter(map_values(u.cells), lambda x: strlen(x) <= 60), chr(31)),
      '(?i)(?:^|\x1f)((?:本[月日周页期])?(?:合\s?计|总\s?计|小\s?计|共\s?计|(?:grand|sub)?[ -]?totals?)(?:[(（][^)）]*[)）])?[:：]?[0-9,.]*[元场行个条]?)(?:\x1f|$)', 1) AS word
  FROM unsound_row AS u
  JOIN active_file AS f ON f.file_no = u.file_no
)
SELECT h.file_no, h.line, 'header_line' AS hint, CAST(NULL AS VARCHAR) AS detail
FROM header_line AS h
UNION ALL
SELECT t.file_no, t.line, 'total_line', t.word
FROM total_line AS t
ANTI JOIN header_line AS h ON h.file_no = t.file_no AND h.line = t.line
WHERE t.word <> ''
