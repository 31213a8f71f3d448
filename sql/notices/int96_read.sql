-- notice: int96_read      clause: contract      grain: file
-- reads: active_file      writes: notice_int96_read (table)
-- why: INT96 doesn't say whether it is an instant or a clock: the wrong choice moves every session by eight hours.
WITH read AS (
  SELECT f.file, json_extract_string(f.reading, '$.int96') AS choice, COALESCE(json_extract_string(f.reading, '$.created_by'), '') AS writer
  FROM active_file AS f
  WHERE json_extract_string(f.reading, '$.int96') IS NOT NULL   -- what a column is called elsewhere is no answer
),
writing AS (
  SELECT r.writer, count(DISTINCT r.choice) > 1 AS both_ways FROM read AS r GROUP BY r.writer
)
SELECT 'int96_read' AS code, CASE WHEN w.both_ways THEN 'attention' ELSE 'info' END AS severity, r.file, '' AS subject,
  CAST(NULL AS BIGINT) AS count, on_one_line(r.writer) || ';' || r.choice AS value,
  'the INT96 times of ' || shown(r.file) || ', written by ' || CASE WHEN r.writer = '' THEN 'an unnamed writer' ELSE shown(r.writer) END || ', were read as '
    || CASE WHEN r.choice = 'instant' THEN 'instants and shown in Beijing time' ELSE 'Beijing''s clock' END
    || CASE WHEN w.both_ways THEN ', and others of that writer the other way: one of the two is eight hours off. Read them all with one --parquet-int96.'
         ELSE ', as the settings say: if the writer meant the other, every time is eight hours off.' END AS message
FROM read AS r
JOIN writing AS w ON w.writer = r.writer
