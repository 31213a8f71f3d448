-- what: notices of the exports as they were loaded, whatever they hold      grain: code, file, subject
-- reads: notice_cells_merged, notice_column_absent, notice_column_like, notice_correction_undone, notice_dates_with_z, notice_encoding_doubtful, notice_file_all_out, notice_file_shrank, notice_formulas_zero, notice_id_point_zero, notice_id_rounded, notice_int96_read, notice_last_line_open, notice_null_word, notice_other_sheets, notice_read_by_older, notice_times_without_seconds, notice_title_rows      writes: file_notice (table)
-- why: a cut, renamed or damaged export means other figures or other lists to every programme that reads it.
SELECT code, severity, file, subject, count, value, message FROM notice_cells_merged
UNION ALL
SELECT code, severity, file, subject, count, value, message FROM notice_column_absent
UNION ALL
SELECT code, severity, file, subject, count, value, message FROM notice_column_like
UNION ALL
SELECT code, severity, file, subject, count, value, message FROM notice_correction_undone
UNION ALL
SELECT code, severity, file, subject, count, value, message FROM notice_dates_with_z
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
SELECT code, severity, file, subject, count, value, message FROM notice_int96_read
UNION ALL
SELECT code, severity, file, subject, count, value, message FROM notice_last_line_open
UNION ALL
SELECT code, severity, file, subject, count, value, message FROM notice_null_word
UNION ALL
SELECT code, severity, file, subject, count, value, message FROM notice_other_sheets
UNION ALL
SELECT code, severity, file, subject, count, value, message FROM notice_read_by_older
UNION ALL
SELECT code, severity, file, subject, count, value, message FROM notice_times_without_seconds
UNION ALL
SELECT code, severity, file, subject, count, value, message FROM notice_title_rows
