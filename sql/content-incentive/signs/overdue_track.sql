-- what: tracks of which valid sessions use an index that was due for renewal      grain: track
-- reads: session_line, scarcity_in_force      writes: overdue_track (table)
-- why: sessions are multiplied by an index that a newer table may have replaced.
WITH of_day AS (
  SELECT s.track, s.settlement_date, COUNT(*) AS sessions
  FROM session_line AS s
  WHERE s.valid AND s.index_overdue
  GROUP BY s.track, s.settlement_date
)
SELECT
  d.track,
  CAST(SUM(d.sessions) AS BIGINT) AS sessions,
  MIN(t.effective_from) AS effective_from
FROM of_day AS d
JOIN scarcity_in_force AS t ON t.track = d.track AND t.settlement_date = d.settlement_date
GROUP BY d.track
