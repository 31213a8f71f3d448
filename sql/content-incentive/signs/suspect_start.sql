-- what: starts of valid sessions before an earlier one of their anchor has ended, and of sessions of no length      grain: anchor_id, started_at
-- reads: session_line      writes: suspect_start (table)
-- why: one broadcast under several ids is paid as often as it has ids; few sessions are looked at for which.
-- Sessions are put in order without their ids, which takes half as long: of several that begin at once any may stand for the others,
-- unless one has no length.
WITH followed AS (
  SELECT
    s.anchor_id,
    s.started_at,
    s.ended_at,
    LAG(s.started_at) OVER (PARTITION BY s.anchor_id ORDER BY s.started_at) AS started_before,
    MAX(s.ended_at) OVER (PARTITION BY s.anchor_id ORDER BY s.started_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS latest_end
  FROM session_line AS s
  WHERE s.valid
)
SELECT
  f.anchor_id,
  f.started_at,
  COUNT(CASE WHEN f.started_at < f.latest_end THEN 1 END) AS overlapping,
  MIN(CASE WHEN f.started_at < f.latest_end THEN f.started_before END) AS started_before,
  MAX(CASE WHEN f.started_at = f.started_before THEN 1 ELSE 0 END) = 1 AS begins_at_once,
  MAX(CASE WHEN f.started_at = f.ended_at THEN 1 ELSE 0 END) = 1 AS has_no_length
FROM followed AS f
WHERE f.started_at < f.latest_end OR f.started_at = f.ended_at
GROUP BY f.anchor_id, f.started_at
