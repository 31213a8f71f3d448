-- what: session rows of the period that B counts and A didn't, with the cause by which they come      grain: session_id
-- reads: a_period_row, b_period_row, leaving_session      writes: entering_session (table)
-- why: a session that A had with another row is corrected; one that A lacked in the period came late.
SELECT b.*, CASE WHEN l.session_id IS NULL THEN 'sessions_late' ELSE 'sessions_corrected' END AS cause
FROM b_period_row AS b
ANTI JOIN a_period_row AS a ON a.file_no = b.file_no AND a.line = b.line
LEFT JOIN leaving_session AS l ON l.session_id = b.session_id
