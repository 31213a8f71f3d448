-- notice: control_differs      clause: contract      grain: subject
-- reads: control_of_period      writes: notice_control_differs (table)
-- why: what the control desk counted and what was settled should be the same; one of the two is wrong, and money follows the latter.
WITH differing AS (
  SELECT coalesce(c.session_id, CAST(c.control_date AS VARCHAR)) AS subject, c.session_id IS NOT NULL AS of_session,
    CASE WHEN c.sessions_differ THEN 'sessions:' || c.control_sessions || '/' || c.settled_sessions END AS sessions_pair,
    CASE WHEN c.dwell_differs THEN 'rec_dwell_minutes:' || c.control_dwell || '/' || c.settled_dwell END AS dwell_pair,
    CASE WHEN c.amount_differs THEN 'amount:' || c.control_amount || '/' || c.settled_amount END AS amount_pair,
    CASE WHEN c.sessions_differ THEN counted(c.control_sessions, 'session') || ', settled ' || is_or_are(c.settled_sessions) || ' ' || c.settled_sessions END AS sessions_said,
    CASE WHEN c.dwell_differs THEN c.control_dwell || ' dwell minutes, settled are ' || c.settled_dwell END AS dwell_said,
    CASE WHEN c.amount_differs THEN c.control_amount || ' CNY, settled are ' || c.settled_amount END AS amount_said
  FROM control_of_period AS c
  WHERE c.is_here AND (c.sessions_differ OR c.dwell_differs OR c.amount_differs)
)
SELECT 'control_differs' AS code, 'attention' AS severity, '' AS file, d.subject, CAST(NULL AS BIGINT) AS count,
  concat_ws(';', d.sessions_pair, d.dwell_pair, d.amount_pair) AS value,
  'the control desk counts for ' || CASE WHEN d.of_session THEN 'session ' ELSE 'the sessions that ended on ' END || d.subject || ': '
    || concat_ws('; ', d.sessions_said, d.dwell_said, d.amount_said)
    || '. What is settled counts. Find out which of the two is wrong, correct that export, and run again.' AS message
FROM differing AS d
