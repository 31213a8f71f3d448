-- notice: id_rounded      clause: contract      grain: file, subject
-- reads: active_file, file_seen      writes: notice_id_rounded (table)
-- why: ids that a spreadsheet or a binary float has rounded are no longer those of the rows: several become one.
SELECT 'id_rounded' AS code, 'attention' AS severity, f.file, s.column_name AS subject, CAST(sum(s.cells) AS BIGINT) AS count, '' AS value,
  'all ' || counted(sum(s.cells), 'id') || ' of 16 digits or more in ' || s.column_name || ' of ' || shown(f.file)
    || ' end in zeros, as a spreadsheet rounds them: several sessions or anchors may have become one, or match nothing. Export the ids as text and run again.' AS message
FROM file_seen AS s
JOIN active_file AS f ON f.file_no = s.file_no
WHERE s.what = 'long_id'
GROUP BY f.file, s.column_name
HAVING sum(s.cells) = sum(s.among) AND sum(s.cells) > 1
