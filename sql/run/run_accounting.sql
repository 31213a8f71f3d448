-- what: what became of every session row that the standing files hold      grain: one row
-- reads: active_file, session_row, unsound_row, collapsed_row, superseded_session, session_line, quarantine_line, policy_run      writes: run_accounting (table)
-- why: rows_read must be the sum of the others, or money was lost on the way.
-- Each row is one of these, in this order: outside_period, quarantined, collapsed, superseded, settled.
WITH ended AS (
  SELECT 'sound' AS became, CAST(s.ended_at AS DATE) AS ended_on, COUNT(*) AS rows
  FROM session_row AS s JOIN active_file AS f ON f.file_no = s.file_no GROUP BY CAST(s.ended_at AS DATE)
  UNION ALL
  SELECT 'collapsed', CAST(c.session_ended_at AS DATE), COUNT(*)
  FROM collapsed_row AS c JOIN active_file AS f ON f.file_no = c.file_no WHERE f.kind = 'sessions' GROUP BY CAST(c.session_ended_at AS DATE)
  UNION ALL
  SELECT 'unsound', CAST(u.session_ended_at AS DATE), COUNT(*)
  FROM unsound_row AS u JOIN active_file AS f ON f.file_no = u.file_no WHERE f.kind = 'sessions' GROUP BY CAST(u.session_ended_at AS DATE)
),
placed AS (
  SELECT e.became, e.rows, COALESCE(e.ended_on NOT BETWEEN p.period_from AND p.as_of, false) AS outside
  FROM ended AS e CROSS JOIN policy_run AS p
)
SELECT
  CAST((SELECT COALESCE(SUM(f.rows), 0) FROM active_file AS f WHERE f.kind = 'sessions') AS BIGINT) AS rows_read,
  CAST((SELECT COUNT(*) FROM session_line) AS BIGINT) AS settled,
  CAST((SELECT COALESCE(SUM(p.rows), 0) FROM placed AS p WHERE p.outside) AS BIGINT) AS outside_period,
  CAST((SELECT COUNT(*) FROM superseded_session AS s CROSS JOIN policy_run AS p
    WHERE CAST(s.ended_at AS DATE) BETWEEN p.period_from AND p.as_of) AS BIGINT) AS superseded,
  CAST((SELECT COALESCE(SUM(p.rows), 0) FROM placed AS p WHERE p.became = 'collapsed' AND NOT p.outside) AS BIGINT) AS collapsed,
  CAST((SELECT COUNT(*) FROM (SELECT DISTINCT q.file_no, q.line FROM quarantine_line AS q WHERE q.kind = 'sessions')) AS BIGINT) AS quarantined
