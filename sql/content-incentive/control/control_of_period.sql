-- what: what the control desk counted of this period, and beside it what was settled      grain: session_id, control_date
-- reads: standing_control, session_line, unsettled_session, known_elsewhere, policy_run      writes: control_of_period (table)
-- why: two lists of the same sessions are compared figure by figure; where one lacks a session, somebody isn't paid or is paid for nothing.
-- A session that nobody has is taken for one of this period, unless all that is known of its file belongs to others.
WITH settled AS (
  SELECT s.session_id, s.rec_dwell_minutes, s.amount
  FROM session_line AS s
  WHERE s.session_id IN (SELECT c.session_id FROM standing_control AS c WHERE c.session_id IS NOT NULL)
),
of_day AS (
  SELECT s.settlement_date, count(*) AS sessions, SUM(s.rec_dwell_minutes) AS dwell, SUM(s.amount) AS amount
  FROM session_line AS s
  WHERE s.settlement_date IN (SELECT c.control_date FROM standing_control AS c WHERE c.control_date IS NOT NULL)
  GROUP BY s.settlement_date
),
waiting AS (
  SELECT DISTINCT u.session_id FROM unsettled_session AS u WHERE u.session_id IS NOT NULL
),
placed AS (
  SELECT c.session_id, c.control_date, c.control_sessions, c.control_dwell, c.control_amount, c.source_file, c.file_no, c.line,
    CASE WHEN c.session_id IS NULL THEN coalesce(d.sessions, 0) WHEN s.session_id IS NULL THEN 0 ELSE 1 END AS settled_sessions,
    coalesce(d.dwell, s.rec_dwell_minutes, 0) AS settled_dwell,
    coalesce(d.amount, s.amount, 0) AS settled_amount,
    w.session_id IS NOT NULL AND s.session_id IS NULL AS waits,
    c.control_date IS NOT NULL OR s.session_id IS NOT NULL AS is_here,
    e.session_id IS NOT NULL OR coalesce(c.control_date NOT BETWEEN p.period_from AND p.as_of, false) AS is_elsewhere
  FROM standing_control AS c
  CROSS JOIN policy_run AS p
  LEFT JOIN settled AS s ON s.session_id = c.session_id
  LEFT JOIN of_day AS d ON d.settlement_date = c.control_date
  LEFT JOIN waiting AS w ON w.session_id = c.session_id
  LEFT JOIN known_elsewhere AS e ON e.session_id = c.session_id
),
file_of_others AS (
  SELECT p.file_no
  FROM placed AS p
  GROUP BY p.file_no
  HAVING COUNT(CASE WHEN p.is_elsewhere THEN 1 END) > 0 AND COUNT(CASE WHEN NOT p.is_elsewhere AND (p.is_here OR p.waits) THEN 1 END) = 0
)
SELECT p.session_id, p.control_date, p.control_sessions, p.control_dwell, p.control_amount, p.source_file, p.file_no, p.line,
  CAST(p.settled_sessions AS BIGINT) AS settled_sessions,
  CAST(p.settled_dwell AS DECIMAL(38, 2)) AS settled_dwell,
  CAST(p.settled_amount AS DECIMAL(38, 2)) AS settled_amount,
  p.is_here, p.waits,
  coalesce(p.control_sessions <> p.settled_sessions, false) AS sessions_differ,
  coalesce(p.control_dwell <> p.settled_dwell, false) AS dwell_differs,
  coalesce(p.control_amount <> p.settled_amount, false) AS amount_differs
FROM placed AS p
WHERE NOT p.is_elsewhere
  AND (p.is_here OR p.waits OR p.file_no NOT IN (SELECT o.file_no FROM file_of_others AS o))
