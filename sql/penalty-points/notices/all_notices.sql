-- what: every notice, as notices.csv tells it      grain: code, subject
-- reads: notice_violation_without_points, setting_notice      writes: notice (table)
-- why: what may not be what somebody meant is told in one place, as gravely as the settings say.
SELECT n.code, CAST(COALESCE(s.severity, n.severity) AS VARCHAR) AS severity, n.file, n.subject, n.count, n.value, n.message
FROM notice_violation_without_points AS n
LEFT JOIN setting_notice AS s ON s.code = n.code
