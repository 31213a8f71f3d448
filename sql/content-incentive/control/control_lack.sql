-- what: sessions that were settled and that the control desk doesn't name, though it names others      grain: settlement_date, session_id
-- reads: control_of_period, session_line      writes: control_lack (table)
-- why: what the control desk hasn't counted may be paid for nothing. Of a date of which it names no session one line says so; where it
-- has a total of such a date, that is compared instead.
WITH named AS (
  SELECT c.session_id FROM control_of_period AS c WHERE c.session_id IS NOT NULL
),
of_day AS (
  SELECT s.settlement_date, count(*) AS sessions, count(n.session_id) AS named_sessions
  FROM session_line AS s
  LEFT JOIN named AS n ON n.session_id = s.session_id
  WHERE EXISTS (SELECT 1 FROM named AS any_named)
  GROUP BY s.settlement_date
)
SELECT s.settlement_date, s.session_id, CAST(NULL AS BIGINT) AS sessions
FROM session_line AS s
JOIN of_day AS d ON d.settlement_date = s.settlement_date AND d.named_sessions > 0
WHERE s.session_id NOT IN (SELECT n.session_id FROM named AS n)
UNION ALL
SELECT d.settlement_date, NULL, d.sessions
FROM of_day AS d
WHERE d.named_sessions = 0
  AND d.settlement_date NOT IN (SELECT c.control_date FROM control_of_period AS c WHERE c.control_date IS NOT NULL)
