-- what: every notice, as notices.csv tells it      grain: code, file, subject
-- reads: file_notice, own_notice, setting_notice      writes: notice (table)
-- why: what may not be what somebody meant is told in one place, as gravely as the settings say.
WITH every_notice AS (
  SELECT code, severity, file, subject, count, value, message FROM file_notice
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM own_notice
)
SELECT n.code, CAST(CASE WHEN n.severity = 'attention' THEN COALESCE(s.severity, n.severity) ELSE n.severity END AS VARCHAR) AS severity,
  n.file, n.subject, n.count, n.value, n.message
FROM every_notice AS n
LEFT JOIN setting_notice AS s ON s.code = n.code
