-- notice: null_word      clause: contract      grain: file, subject
-- reads: active_file, file_seen      writes: notice_null_word (table)
-- why: anchors whose person is the word NULL are one person, and earn one newcomer bonus together.
SELECT 'null_word' AS code, 'attention' AS severity, f.file, s.column_name AS subject, CAST(sum(s.cells) AS BIGINT) AS count, '' AS value,
  counted(sum(s.cells), 'cell') || ' of ' || s.column_name || ' in ' || shown(f.file) || ' ' || is_or_are(sum(s.cells))
    || ' a word that programs write for a missing value (NULL, nan, N/A …). It is taken for a ' || s.column_name
    || ' like any other, so all rows with the word have the same one. Leave missing cells blank and run again.' AS message
FROM file_seen AS s
JOIN active_file AS f ON f.file_no = s.file_no
WHERE s.what = 'null_word'
GROUP BY f.file, s.column_name
