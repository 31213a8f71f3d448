-- notice: other_sheets      clause: contract      grain: file
-- reads: active_file, file_seen      writes: notice_other_sheets (table)
-- why: of a workbook one sheet is read; where another has such a header too, its rows may be meant as well, or instead.
SELECT 'other_sheets' AS code, CASE WHEN s.among > 0 THEN 'attention' ELSE 'info' END AS severity, f.file, '' AS subject, s.cells AS count, '' AS value,
  'beside the sheet that was read ' || shown(f.file) || ' has ' || counted(s.cells, 'other sheet') || ' (' || shown(s.value) || '), which ' || is_or_are(s.cells) || ' not read'
    || CASE WHEN s.among > 0 THEN ', and ' || s.among || ' of them ' || CASE WHEN s.among = 1 THEN 'has' ELSE 'have' END
           || ' such a header too: if its rows are meant, save each sheet as a file of its own and run again.'
         ELSE ': no row of theirs could be the header.' END AS message
FROM file_seen AS s
JOIN active_file AS f ON f.file_no = s.file_no
WHERE s.what = 'other_sheets'
