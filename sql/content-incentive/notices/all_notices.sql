-- what: every notice of the run with the severity that the settings leave it      grain: code, file, subject
-- reads: notice_account_kind_unknown, notice_agency_unknown, notice_cells_merged, notice_column_absent, notice_column_like, notice_control_differs, notice_control_lacks, notice_control_missing, notice_copy_supersedes, notice_correction_undone, notice_dates_with_z, notice_day_too_long, notice_day_without_sessions, notice_encoding_doubtful, notice_file_all_out, notice_file_shrank, notice_formulas_zero, notice_id_point_zero, notice_id_rounded, notice_index_overdue, notice_int96_read, notice_kind_unknown, notice_last_line_open, notice_null_word, notice_other_sheets, notice_read_by_older, notice_session_other_anchor, notice_session_unknown, notice_sessions_overlap, notice_times_without_seconds, notice_title_rows, notice_track_unused, setting_notice      writes: notice (table)
-- why: what may cost or give away money without being a fault is told until somebody has accepted it.
WITH every_notice AS (
  SELECT code, severity, file, subject, count, value, message FROM notice_account_kind_unknown
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_agency_unknown
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_cells_merged
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_column_absent
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_column_like
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_control_differs
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_control_lacks
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_control_missing
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_copy_supersedes
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_correction_undone
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_dates_with_z
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_day_too_long
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_day_without_sessions
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_encoding_doubtful
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_file_all_out
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_file_shrank
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_formulas_zero
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_id_point_zero
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_id_rounded
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_index_overdue
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_int96_read
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_kind_unknown
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_last_line_open
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_null_word
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_other_sheets
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_read_by_older
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_session_other_anchor
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_session_unknown
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_sessions_overlap
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_times_without_seconds
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_title_rows
  UNION ALL
  SELECT code, severity, file, subject, count, value, message FROM notice_track_unused
)
SELECT n.code, CAST(CASE WHEN n.severity = 'attention' THEN COALESCE(s.severity, n.severity) ELSE n.severity END AS VARCHAR) AS severity,
  n.file, n.subject, n.count, n.value, n.message
FROM every_notice AS n
LEFT JOIN setting_notice AS s ON s.code = n.code
