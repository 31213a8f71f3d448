-- audit: one_line_a_session
-- why: a session that joins twice, or that two files bring, would be paid twice.
-- Repeated ids are looked for by a hash of 8 bytes first, and at exactly after.
SELECT session_id, COUNT(*) AS lines
FROM session_line
WHERE key_hash(session_id) IN (SELECT h FROM (SELECT key_hash(session_id) AS h FROM session_line) GROUP BY h HAVING COUNT(*) > 1)
GROUP BY session_id
HAVING COUNT(*) > 1
