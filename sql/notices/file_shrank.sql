-- notice: file_shrank      clause: contract      grain: file
-- reads: active_file, file_seen      writes: notice_file_shrank (table)
-- why: a part of an export under its known name takes away every row that it lacks.
SELECT 'file_shrank' AS code, 'attention' AS severity, f.file, '' AS subject, s.cells AS count, '' AS value,
  shown(f.file) || ' has ' || counted(f.rows, 'row') || ' now: ' || counted(s.cells, 'row') || ' of the earlier file of that name ' || is_or_are(s.cells)
    || ' withdrawn and no longer counted. If it is a part of the export, put the whole file in its place and run again.' AS message
FROM file_seen AS s
JOIN active_file AS f ON f.file_no = s.file_no
WHERE s.what = 'shrank'
