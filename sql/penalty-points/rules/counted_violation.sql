-- rule: counted_violation      clause: P1      grain: violation_id
-- reads: standing_violation, policy_run, policy_points_year      writes: counted_violation (table)
-- why: points that are added up beyond a clearing, or of what was revoked, freeze who did nothing for it.
-- Violations of one second count in the order of their ids; so several at once add up, and the last of them reaches the most.
WITH added AS (
  SELECT v.violation_id, v.anchor_id, v.violated_at, v.points, y.year_from,
    SUM(v.points) OVER (
      PARTITION BY v.anchor_id, y.year_from ORDER BY v.violated_at, v.violation_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS reached
  FROM standing_violation AS v
  JOIN policy_points_year AS y ON CAST(v.violated_at AS DATE) BETWEEN y.year_from AND y.year_to
  CROSS JOIN policy_run AS p
  WHERE v.status = 'upheld' AND CAST(v.violated_at AS DATE) <= p.as_of
)
SELECT a.violation_id, a.anchor_id, a.violated_at, a.year_from,
  CAST(a.reached - a.points AS BIGINT) AS points_before,
  CAST(a.reached AS BIGINT) AS points_after
FROM added AS a
