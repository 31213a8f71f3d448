-- notice: title_rows      clause: contract      grain: file
-- reads: active_file, file_seen, export_column      writes: notice_title_rows (table)
-- why: what stands above a workbook's header is taken for titles; where it fills as many cells as a row of data must, it may be one.
WITH required AS (
  SELECT c.kind, count(*) AS columns FROM export_column AS c WHERE c.required GROUP BY c.kind
),
title AS (
  SELECT f.file, s.cells AS title_rows, s.value AS first, CASE WHEN r.columns IS NULL THEN s.among > 1 ELSE s.among >= r.columns END AS like_data
  FROM file_seen AS s
  JOIN active_file AS f ON f.file_no = s.file_no
  LEFT JOIN required AS r ON r.kind = f.kind
  WHERE s.what = 'title_rows'
)
SELECT 'title_rows' AS code, CASE WHEN t.like_data THEN 'attention' ELSE 'info' END AS severity, t.file, '' AS subject, t.title_rows AS count, '' AS value,
  counted(t.title_rows, 'row') || ' above the header of ' || shown(t.file) || ' (' || CASE WHEN t.title_rows = 1 THEN '' ELSE 'the first: ' END || shown(t.first) || ') '
    || is_or_are(t.title_rows) || ' left out'
    || CASE WHEN t.like_data THEN ', and one of them fills as many cells as a row of data: if it is one, move it below the header and run again.'
         ELSE ' as titles.' END AS message
FROM title AS t
