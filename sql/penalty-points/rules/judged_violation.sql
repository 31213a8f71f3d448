-- rule: judged_violation      clause: P2, P4      grain: violation_id
-- reads: standing_violation, counted_violation, policy_run, policy_threshold, policy_severe      writes: judged_violation (table)
-- why: whoever passes a threshold and isn't frozen goes on.
-- A violation passes the thresholds between the sums before and after it; of several it takes the highest.
WITH passed AS (
  SELECT c.violation_id, MAX(t.points) AS threshold
  FROM counted_violation AS c
  JOIN policy_threshold AS t ON t.points > c.points_before AND t.points <= c.points_after
  GROUP BY c.violation_id
)
SELECT v.violation_id, v.anchor_id, v.violated_at, v.points, v.severe, v.status, c.points_before, c.points_after, p.threshold,
  t.measure, t.days, t.level,
  CASE WHEN v.severe AND c.violation_id IS NOT NULL THEN s.measure END AS severe_measure
FROM standing_violation AS v
CROSS JOIN policy_run AS r
LEFT JOIN counted_violation AS c ON c.violation_id = v.violation_id
LEFT JOIN passed AS p ON p.violation_id = v.violation_id
LEFT JOIN policy_threshold AS t ON t.points = p.threshold
LEFT JOIN policy_severe AS s ON v.severe
WHERE CAST(v.violated_at AS DATE) BETWEEN r.period_from AND r.as_of
