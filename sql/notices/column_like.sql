-- notice: column_like      clause: contract      grain: file, subject
-- reads: active_file, export_column      writes: notice_column_like (table)
-- why: a header cell that is nearly a column is ignored like any unknown one, and the column counts as blank.
WITH unknown AS (
  SELECT u.file, u.kind, u.columns, u.cell, like_key(u.cell) AS cell_key
  FROM (SELECT f.file, f.kind, f.columns, unnest(f.unknown_columns) AS cell FROM active_file AS f WHERE f.columns IS NOT NULL) AS u
),
known AS (
  SELECT c.kind, c.name, c.chinese, c.absent, like_key(c.name) AS name_key, like_key(c.chinese) AS chinese_key FROM export_column AS c
),
compared AS (
  SELECT u.file, u.cell, k.name, k.chinese, k.absent, nearly(u.cell, u.cell_key, k.name, k.name_key) AS is_english, nearly(u.cell, u.cell_key, k.chinese, k.chinese_key) AS is_chinese
  FROM unknown AS u
  JOIN known AS k ON k.kind = u.kind AND NOT list_contains(u.columns, k.name)
)
SELECT 'column_like' AS code, 'attention' AS severity, c.file, c.name AS subject, CAST(NULL AS BIGINT) AS count, on_one_line(in_order(list(c.cell))) AS value,
  'the column ' || shown(in_order(list(c.cell))) || ' of ' || shown(c.file) || ' is ignored, for it isn''t exactly ' || both_names(c.name, c.chinese) || CASE WHEN c.absent = '' THEN '' ELSE ': ' || c.absent END
    || '. If it is meant, rename it to ' || CASE WHEN bool_or(c.is_chinese) THEN c.chinese ELSE c.name END || ' and run again.' AS message
FROM compared AS c
WHERE c.is_english OR c.is_chinese
GROUP BY c.file, c.name, c.chinese, c.absent
