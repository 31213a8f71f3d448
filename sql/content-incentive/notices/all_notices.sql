-- what: every notice of the run with the severity that the settings leave it      grain: code, file, subject
-- reads: file_notice, notice_account_kind_unknown, notice_agency_unknown, notice_control_differs, notice_control_lacks, notice_control_missing, notice_copy_supersedes, notice_day_too_long, notice_day_without_sessions, notice_index_overdue, notice_ineligible_no_session, notice_kind_unknown, notice_session_other_anchor, notice_session_unknown, notice_sessions_overlap, notice_track_unused, setting_notice      writes: notice (table)
-- why: what may cost or give away money without being a fault is told until somebody has accepted it.
WITH every_notice AS (
  SELECT code, severity, file, subject, count, value, message FROM file_notice
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_account_kind_unknown
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_agency_unknown
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_control_differs
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_control_lacks
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_control_missing
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_copy_supersedes
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_day_too_long
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_day_without_sessions
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_index_overdue
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_ineligible_no_session
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_kind_unknown
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_session_other_anchor
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_session_unknown
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_sessions_overlap
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_track_unused
)
SELECT n.code, CAST(CASE WHEN n.severity = 'attention' THEN COALESCE(s.severity, n.severity) ELSE n.severity END AS VARCHAR) AS severity,
  n.file, n.subject, n.count, n.value, n.message
FROM every_notice AS n
LEFT JOIN setting_notice AS s ON s.code = n.code
