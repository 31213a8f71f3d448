-- the manifest's warnings, in this order
SELECT text FROM (
  SELECT 1 AS part, '' AS name, 'no file of digital sessions is loaded: nobody is judged' AS text
  WHERE NOT EXISTS (SELECT 1 FROM active_file WHERE kind = 'digital_sessions')
  UNION ALL
  SELECT 2, name, CASE WHEN name = '' THEN 'a column without a name' ELSE 'the unknown column ' || name END || ' is ignored ('
    || min(file) || CASE WHEN count(*) > 1 THEN ' and ' || (count(*) - 1) || ' more' ELSE '' END || ')'
  FROM (SELECT DISTINCT a.file, unnest(a.unknown_columns) AS name FROM active_file AS a JOIN policy_kind AS k ON k.kind = a.kind) GROUP BY name
)
ORDER BY part, name
