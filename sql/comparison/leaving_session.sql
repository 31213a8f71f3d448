-- what: session rows of the period that A counted and B doesn't, with the cause by which they go      grain: session_id
-- reads: a_period_row, b_period_row      writes: leaving_session (table)
-- why: a session that B has with another row is corrected; one that B lacks in the period is withdrawn.
WITH gone AS (
  SELECT a.file_no, a.line, a.session_id, a.anchor_id
  FROM a_period_row AS a ANTI JOIN b_period_row AS b ON b.file_no = a.file_no AND b.line = a.line
),
new AS (
  SELECT b.session_id
  FROM b_period_row AS b ANTI JOIN a_period_row AS a ON a.file_no = b.file_no AND a.line = b.line
)
SELECT g.*, CASE WHEN n.session_id IS NULL THEN 'sessions_withdrawn' ELSE 'sessions_corrected' END AS cause
FROM gone AS g LEFT JOIN new AS n ON n.session_id = g.session_id
