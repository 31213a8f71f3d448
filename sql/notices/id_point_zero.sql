-- notice: id_point_zero      clause: contract      grain: file, subject
-- reads: active_file, file_seen      writes: notice_id_point_zero (table)
-- why: ids written as figures match nothing: 12.0 is another agency than 12.
SELECT 'id_point_zero' AS code, 'attention' AS severity, f.file, s.column_name AS subject, CAST(sum(s.cells) AS BIGINT) AS count, '' AS value,
  'all ' || counted(sum(s.cells), 'id') || ' in ' || s.column_name || ' of ' || shown(f.file)
    || ' end in .0, as programs write whole numbers of a column with blanks: they match no id without it. Export the ids as text and run again.' AS message
FROM file_seen AS s
JOIN active_file AS f ON f.file_no = s.file_no
WHERE s.what = 'point_zero_id'
GROUP BY f.file, s.column_name
HAVING sum(s.cells) = sum(s.among) AND sum(s.cells) > 1
