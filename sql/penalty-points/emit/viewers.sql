-- viewers.csv      grain: viewer_id      every viewer with an upheld violation up to the evaluation date
SELECT v.viewer_id, v.violations, v.severe_violations AS severe, v.comments, v.closed_at, v.violation_id
FROM judged_viewer AS v
ORDER BY v.viewer_id
