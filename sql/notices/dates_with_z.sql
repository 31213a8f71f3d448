-- notice: dates_with_z      clause: contract      grain: file
-- reads: active_file, file_seen      writes: notice_dates_with_z (table)
-- why: a date cell has no zone, and Z says UTC: a writer that meant it has every time eight hours early, and sessions on other days.
SELECT 'dates_with_z' AS code, 'attention' AS severity, f.file, '' AS subject, CAST(s.cells AS BIGINT) AS count, '' AS value,
  counted(s.cells, 'date cell') || ' of ' || shown(f.file) || CASE WHEN s.cells = 1 THEN ' ends' ELSE ' end' END
    || ' with Z and' || CASE WHEN s.cells = 1 THEN ' is' ELSE ' are' END || ' read as the clock that spreadsheets show, as Beijing''s. If the writer meant UTC, every time is eight hours early: let it write Beijing''s clock, or texts with an offset, and run again.' AS message
FROM file_seen AS s
JOIN active_file AS f ON f.file_no = s.file_no
WHERE s.what = 'zoned'
