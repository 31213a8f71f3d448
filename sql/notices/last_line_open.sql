-- notice: last_line_open      clause: contract      grain: file
-- reads: active_file, file_seen      writes: notice_last_line_open (table)
-- why: an upload that was cut looks so: its last cell may be shortened, and rows behind it are missing.
SELECT 'last_line_open' AS code, 'attention' AS severity, f.file, '' AS subject, CAST(NULL AS BIGINT) AS count, on_one_line(s.value) AS value,
  'the last line of ' || shown(f.file) || ' has no line end and stops at ' || CASE WHEN s.value = '' THEN 'a blank cell' ELSE shown(s.value) END
    || ': if the file was cut there, that cell is short and the rows behind it are missing. Compare it with the source, and export it again if it was cut.' AS message
FROM file_seen AS s
JOIN active_file AS f ON f.file_no = s.file_no
WHERE s.what = 'open_line'
