-- rule: judged_viewer      clause: P5      grain: viewer_id
-- reads: standing_viewer_violation, policy_run, policy_viewer      writes: judged_viewer (table)
-- why: whoever violates again and again would go on commenting.
-- Violations of viewers are never cleared. Those of one second count in the order of their ids.
WITH counted AS (
  SELECT v.violation_id, v.viewer_id, v.violated_at, v.severe,
    ROW_NUMBER() OVER (PARTITION BY v.viewer_id ORDER BY v.violated_at, v.violation_id) AS place
  FROM standing_viewer_violation AS v CROSS JOIN policy_run AS p
  WHERE v.status = 'upheld' AND CAST(v.violated_at AS DATE) <= p.as_of
),
closing AS (
  SELECT c.violation_id, c.viewer_id, c.violated_at, ROW_NUMBER() OVER (PARTITION BY c.viewer_id ORDER BY c.place) AS place
  FROM counted AS c CROSS JOIN policy_viewer AS p
  WHERE c.place >= p.violations OR (c.severe AND p.severe_closes)
),
summed AS (
  SELECT c.viewer_id, COUNT(*) AS violations, SUM(CASE WHEN c.severe THEN 1 ELSE 0 END) AS severe FROM counted AS c GROUP BY c.viewer_id
)
SELECT s.viewer_id, CAST(s.violations AS BIGINT) AS violations, CAST(s.severe AS BIGINT) AS severe_violations,
  CASE WHEN f.viewer_id IS NULL THEN 'open' ELSE 'closed' END AS comments, f.violated_at AS closed_at, f.violation_id
FROM summed AS s
LEFT JOIN closing AS f ON f.viewer_id = s.viewer_id AND f.place = 1
