-- rule: measure      clause: P2, P3, P4      grain: violation_id, clause
-- reads: judged_violation      writes: measure (table)
-- why: a freeze that is an hour too short, or one that waits for another's end, lets somebody stream who may not.
-- A freeze runs from the moment of its violation for whole days, its last second included; freezes overlap, and go on over New Year. Who is
-- expelled is never readmitted: it has no end.
SELECT j.violation_id, 'P2' AS clause, j.anchor_id, j.measure, j.level, j.violated_at AS from_time,
  CASE WHEN j.days IS NOT NULL THEN j.violated_at + to_days(j.days) - to_seconds(1) END AS to_time
FROM judged_violation AS j
WHERE j.measure IS NOT NULL
UNION ALL
SELECT j.violation_id, 'P4', j.anchor_id, j.severe_measure, NULL, j.violated_at, NULL
FROM judged_violation AS j
WHERE j.severe_measure IS NOT NULL
