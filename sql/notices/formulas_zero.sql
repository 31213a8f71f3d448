-- notice: formulas_zero      clause: contract      grain: file, subject
-- reads: active_file, file_seen      writes: notice_formulas_zero (table)
-- why: programs that write formulas without computing them keep a zero as the result, and a zero pays nothing.
SELECT 'formulas_zero' AS code, 'attention' AS severity, f.file, s.column_name AS subject, CAST(s.cells AS BIGINT) AS count, '' AS value,
  'all ' || counted(s.cells, 'formula') || ' in ' || s.column_name || ' of ' || shown(f.file)
    || ' keep the result 0, as programs write that don''t compute: open the file in a spreadsheet, save it and run again, or export values.' AS message
FROM file_seen AS s
JOIN active_file AS f ON f.file_no = s.file_no
WHERE s.what = 'formula_zero' AND s.cells = s.among AND s.cells > 1
