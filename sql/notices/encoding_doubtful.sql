-- notice: encoding_doubtful      clause: contract      grain: file
-- reads: active_file, file_seen      writes: notice_encoding_doubtful (table)
-- why: a short text in GB18030 can be valid UTF-8 by chance, and its words are others then.
SELECT 'encoding_doubtful' AS code, 'attention' AS severity, f.file, '' AS subject, CAST(NULL AS BIGINT) AS count, '' AS value,
  shown(f.file) || ' was read as UTF-8, but GB18030 text can look like it: all its characters beyond ASCII take two bytes. If it is GB18030, its tracks and names '
    || 'are read wrong and match nothing. Save it as UTF-8 and run again.' AS message
FROM file_seen AS s
JOIN active_file AS f ON f.file_no = s.file_no
WHERE s.what = 'doubtful_encoding'
