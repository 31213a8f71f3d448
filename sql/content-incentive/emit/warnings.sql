-- the manifest's warnings, in this order      each tells of the warehouse's content, so that the same work warns the same
SELECT text FROM (
  SELECT 1 AS part, '' AS name, 'no sessions file is loaded: the settlement is empty' AS text
  WHERE NOT EXISTS (SELECT 1 FROM active_file WHERE kind = 'sessions')
  UNION ALL
  SELECT 2, name, CASE WHEN name = '' THEN 'a column without a name' ELSE 'the unknown column ' || name END || ' is ignored ('
    || min(file) || CASE WHEN count(*) > 1 THEN ' and ' || (count(*) - 1) || ' more' ELSE '' END || ')'
  FROM (SELECT DISTINCT file, unnest(unknown_columns) AS name FROM active_file) GROUP BY name
  UNION ALL
  SELECT 3, track, 'track ' || track || ': ' || sessions || ' sessions use an index that was due for renewal (in force since ' || effective_from || ')'
  FROM overdue_track
  UNION ALL
  SELECT 4, penalty_id, 'penalty ' || penalty_id || ' names the session ' || session_id || ', which no sound row has'
  FROM (SELECT * FROM judged_penalty WHERE fault IS NULL AND names_unknown_session ORDER BY penalty_id LIMIT 20)
  UNION ALL
  SELECT 5, '', n - 20 || ' more penalties name a session that no sound row has'
  FROM (SELECT count(*) AS n FROM judged_penalty WHERE fault IS NULL AND names_unknown_session) WHERE n > 20
)
ORDER BY part, name
