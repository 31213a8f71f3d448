-- notice: violation_without_points      clause: P1      grain: subject
-- reads: judged_violation      writes: notice_violation_without_points (table)
-- why: a violation whose points were never filled in counts nothing, and nobody is frozen by it.
SELECT 'violation_without_points' AS code, 'attention' AS severity, '' AS file, j.violation_id AS subject, CAST(NULL AS BIGINT) AS count, '' AS value,
  'violation ' || j.violation_id || ' is upheld, carries 0 points and is not severe: nothing follows from it. Export it again with its points, if it carries some.' AS message
FROM judged_violation AS j
WHERE j.status = 'upheld' AND j.points = 0 AND NOT j.severe
