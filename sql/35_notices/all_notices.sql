-- what: every notice of the run with the severity that the settings leave it      grain: code, file, subject, value
-- reads: notice_day_without_sessions, setting_notice      writes: notice (table)
-- why: what may cost or give away money without being a fault is told until somebody has accepted it.
WITH every_notice AS (
  SELECT code, severity, file, subject, count, value, message FROM notice_day_without_sessions
)
SELECT n.code, CAST(CASE WHEN n.severity = 'attention' THEN COALESCE(s.severity, n.severity) ELSE n.severity END AS VARCHAR) AS severity,
  n.file, n.subject, n.count, n.value, n.message
FROM every_notice AS n
LEFT JOIN setting_notice AS s ON s.code = n.code
