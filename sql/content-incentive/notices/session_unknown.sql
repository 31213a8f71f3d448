-- notice: session_unknown      clause: C3      grain: subject
-- reads: judged_penalty      writes: notice_session_unknown (table)
-- why: a penalty on a session that nobody has makes none invalid.
SELECT 'session_unknown' AS code, 'info' AS severity, '' AS file, p.session_id AS subject, count(*) AS count, '' AS value,
  counted(count(*), 'penalty') || ' on session ' || p.session_id || ', which no sound row has, ' || CASE WHEN count(*) = 1 THEN 'makes' ELSE 'make' END
    || ' no session invalid. Export the session, or correct its id in the penalty.' AS message
FROM judged_penalty AS p
WHERE p.fault IS NULL AND p.names_unknown_session
GROUP BY p.session_id
