-- audit: one_line_a_session
-- why: a session that joins twice, or that two files bring, would be paid twice.
SELECT session_id, COUNT(*) AS lines FROM session_line GROUP BY session_id HAVING COUNT(*) > 1
