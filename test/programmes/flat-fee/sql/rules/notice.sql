-- what: days of the period without a session      grain: code, subject
-- reads: session_line, policy_run, setting_notice      writes: notice (table)
-- why: a day whose export is missing pays nobody.
SELECT 'day_without_sessions' AS code, COALESCE(s.severity, 'attention') AS severity, '' AS file, CAST(d.day AS VARCHAR) AS subject,
  CAST(NULL AS BIGINT) AS count, '' AS value, 'no session ended on ' || d.day || '; nobody is paid for that day' AS message
FROM (SELECT CAST(unnest(generate_series(period_from, as_of, INTERVAL 1 DAY)) AS DATE) AS day FROM policy_run) AS d
LEFT JOIN setting_notice AS s ON s.code = 'day_without_sessions'
WHERE d.day NOT IN (SELECT l.settlement_date FROM session_line AS l)
