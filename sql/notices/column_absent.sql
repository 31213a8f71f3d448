-- notice: column_absent      clause: contract      grain: file, subject
-- reads: active_file, export_column, file_seen      writes: notice_column_absent (table)
-- why: a column that a file lacks counts as blank in all its rows, also where somebody forgot it or misspelt it.
-- One that the earlier file of that name had was lost on the way, whatever other files have; one that the settings have a name for is expected.
-- Of files that format 2 of the warehouse held it isn't known which columns they had.
WITH known AS (
  SELECT c.kind, c.name, c.chinese, c.required, c.absent, like_key(c.name) AS name_key, like_key(c.chinese) AS chinese_key FROM export_column AS c
),
named AS (
  SELECT s.file_no, s.column_name, in_order(list(s.value)) AS called FROM file_seen AS s WHERE s.what = 'named_column' GROUP BY s.file_no, s.column_name
),
had AS (
  SELECT f.file, f.kind, f.unknown_columns, k.name, k.chinese, k.name_key, k.chinese_key, k.absent, list_contains(f.columns, k.name) AS has_it, s.file_no IS NOT NULL AS lost_it, n.called
  FROM active_file AS f
  JOIN known AS k ON k.kind = f.kind
  LEFT JOIN file_seen AS s ON s.file_no = f.file_no AND s.what = 'lost_column' AND s.column_name = k.name
  LEFT JOIN named AS n ON n.file_no = f.file_no AND n.column_name = k.name
  WHERE NOT k.required AND k.absent <> '' AND f.columns IS NOT NULL
),
counted_column AS (
  SELECT h.kind, h.name, count(*) FILTER (h.has_it) AS files, count(*) FILTER (NOT h.has_it) AS files_without FROM had AS h GROUP BY h.kind, h.name
),
absent AS (
  SELECT CASE WHEN c.files = 0 AND NOT h.lost_it AND h.called IS NULL THEN '' ELSE h.file END AS file, h.kind, h.name, h.chinese, h.name_key, h.chinese_key, h.absent, h.unknown_columns, h.lost_it, h.called, c.files
  FROM had AS h
  JOIN counted_column AS c ON c.kind = h.kind AND c.name = h.name AND c.files_without > 0
  WHERE NOT h.has_it
),
unknown AS (
  SELECT u.file, u.kind, u.name, u.chinese, u.name_key, u.chinese_key, u.cell, like_key(u.cell) AS cell_key
  FROM (SELECT a.file, a.kind, a.name, a.chinese, a.name_key, a.chinese_key, unnest(a.unknown_columns) AS cell FROM absent AS a) AS u
),
hint AS (
  SELECT u.file, u.kind, u.name, array_to_string(list_sort(list(DISTINCT u.cell)), ' or ') AS cells
  FROM unknown AS u
  WHERE may_mean(u.cell, u.cell_key, u.name, u.name_key) OR may_mean(u.cell, u.cell_key, u.chinese, u.chinese_key)
  GROUP BY u.file, u.kind, u.name
),
told AS (
  SELECT DISTINCT a.file, a.kind, a.name, a.chinese, a.absent, a.lost_it, a.called, a.files FROM absent AS a
)
SELECT 'column_absent' AS code, CASE WHEN t.file = '' THEN 'info' ELSE 'attention' END AS severity, t.file,
  CASE WHEN t.file = '' THEN t.kind || ';' || t.name ELSE t.name END AS subject, CAST(NULL AS BIGINT) AS count, '' AS value,
  'no ' || both_names(t.name, t.chinese) || ' in ' || CASE WHEN t.file = '' THEN 'any file of ' || t.kind ELSE shown(t.file) END || ': ' || t.absent
    || CASE WHEN h.cells IS NOT NULL THEN did_you_mean(shown(h.cells))
         WHEN t.called IS NOT NULL THEN '. settle.yaml (columns) says that it is called ' || shown(t.called) || ', and the file has no such column: correct that line, or the file''s header, and run again.'
         WHEN t.file = '' THEN '. Export the column if that isn''t meant.'
         WHEN t.lost_it THEN '. The earlier file of that name had it: export this one again with it, or put back the line of settle.yaml (columns) that named it.'
         ELSE '. ' || counted(t.files, 'other file') || ' of ' || t.kind || CASE WHEN t.files = 1 THEN ' has' ELSE ' have' END || ' it: export this one again with it.' END AS message
FROM told AS t
LEFT JOIN hint AS h ON h.file = t.file AND h.kind = t.kind AND h.name = t.name
