-- what: every notice, as notices.csv tells it      grain: code, subject
-- reads: notice_contacts_unanswerable, setting_notice      writes: notice (table)
-- why: what may not be what somebody meant is told in one place, as gravely as the settings say.
SELECT n.code, CAST(COALESCE(s.severity, n.severity) AS VARCHAR) AS severity, n.file, n.subject, n.count, n.value, n.message
FROM notice_contacts_unanswerable AS n
LEFT JOIN setting_notice AS s ON s.code = n.code
