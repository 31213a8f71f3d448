-- notice: file_all_out      clause: contract      grain: file
-- reads: active_file, quarantine_line, collapsed_row      writes: notice_file_all_out (table)
-- why: a file of which nothing counts is as good as missing, and its lines in quarantine.csv may be many.
-- A row that says the same as an earlier one of its file is out with it.
WITH quarantined AS (
  SELECT q.file_no, count(DISTINCT q.line) AS rows FROM quarantine_line AS q GROUP BY q.file_no
),
collapsed AS (
  SELECT c.file_no, count(*) AS rows FROM collapsed_row AS c WHERE c.file_no IN (SELECT q.file_no FROM quarantined AS q) GROUP BY c.file_no
)
SELECT 'file_all_out' AS code, 'attention' AS severity, f.file, '' AS subject, f.rows AS count, '' AS value,
  'all of ' || shown(f.file) || ' (' || counted(f.rows, 'row') || ') is quarantined, so nothing of it counts. Fix what quarantine.csv says of it and run again.' AS message
FROM active_file AS f
JOIN quarantined AS q ON q.file_no = f.file_no
LEFT JOIN collapsed AS c ON c.file_no = f.file_no
WHERE q.rows + COALESCE(c.rows, 0) = f.rows
