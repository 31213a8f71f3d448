-- notice: cells_merged      clause: contract      grain: file
-- reads: active_file, file_seen      writes: notice_cells_merged (table)
-- why: merged cells look as if each row had the value, and hold it in the first alone: the others are blank.
SELECT 'cells_merged' AS code, 'attention' AS severity, f.file, '' AS subject, CAST(s.cells AS BIGINT) AS count, '' AS value,
  counted(s.cells, 'cell') || ' below the header of ' || shown(f.file) || CASE WHEN s.cells = 1 THEN ' is blank because it is' ELSE ' are blank because they are' END
    || ' merged with another, which alone holds the value: unmerge them, fill in every cell and run again.' AS message
FROM file_seen AS s
JOIN active_file AS f ON f.file_no = s.file_no
WHERE s.what = 'merged'
