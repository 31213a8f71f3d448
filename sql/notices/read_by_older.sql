-- notice: read_by_older      clause: contract      grain: file
-- reads: active_file, current_reader      writes: notice_read_by_older (table)
-- why: what an older build read otherwise stands in the warehouse until it is read again.
SELECT 'read_by_older' AS code, 'attention' AS severity, f.file, '' AS subject, f.rows AS count, '' AS value,
  counted(f.rows, 'row') || ' of ' || shown(f.file) || ' ' || CASE WHEN f.rows = 1 THEN 'was' ELSE 'were' END
    || ' read by an older build, which read some files otherwise: its figures may not be what it says. Read it again with settle load --again.' AS message
FROM active_file AS f
CROSS JOIN current_reader AS c
WHERE CAST(json_extract_string(f.reading, '$.reader') AS INTEGER) < c.reader
