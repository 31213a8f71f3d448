-- what: rows of exports that can't be judged      grain: file_no, line, code
-- reads: active_file      writes: session_fault (view)
-- why: a record is judged by what the others say of it, and what they lack is a reason of its own; none is left out for it.
SELECT f.file_no, CAST(NULL AS BIGINT) AS line, CAST(NULL AS VARCHAR) AS column_name, CAST(NULL AS VARCHAR) AS code, CAST(NULL AS VARCHAR) AS cell
FROM active_file AS f WHERE f.file_no IS NULL
