-- what: sessions of the period that can't be settled      grain: file_no, line, code
-- reads: period_row      writes: session_fault (view)
-- why: whoever has a session is paid for it, in the master data or not; nothing of a sound row can be at fault.
SELECT r.file_no, r.line, CAST(NULL AS VARCHAR) AS column_name, CAST(NULL AS VARCHAR) AS code, CAST(NULL AS VARCHAR) AS cell
FROM period_row AS r WHERE r.session_id IS NULL
