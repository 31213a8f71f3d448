-- points.csv      grain: violation_id      every violation of the period, with the sums of its year and what follows from it
SELECT j.violation_id, j.anchor_id, j.violated_at, j.points, flag_cell(j.severe) AS severe, j.status, j.points_before, j.points_after, j.threshold,
  CASE WHEN j.measure = j.severe_measure OR j.severe_measure IS NULL THEN j.measure
    WHEN j.measure IS NULL THEN j.severe_measure ELSE j.measure || ';' || j.severe_measure END AS measures
FROM judged_violation AS j
ORDER BY j.violation_id
