-- notice: correction_undone      clause: contract      grain: file
-- reads: active_file, file_seen      writes: notice_correction_undone (table)
-- why: a file that comes again stands last, and its rows that haven't changed take the place of a correction that was loaded in between.
SELECT 'correction_undone' AS code, 'attention' AS severity, f.file, '' AS subject, CAST(s.cells AS BIGINT) AS count, s.value,
  shown(f.file) || ' came again and stands last now: ' || counted(s.cells, 'row') || ' of it, unchanged since the earlier file of that name, ' || CASE WHEN s.cells = 1 THEN 'takes' ELSE 'take' END
    || ' the place of what ' || shown(s.value) || ' corrected. If the correction is meant, save ' || shown(s.value) || ' under another name and run again.' AS message
FROM file_seen AS s
JOIN active_file AS f ON f.file_no = s.file_no
WHERE s.what = 'correction_undone'
