-- inputs/viewer_violations.csv      grain: violation_id      the violations of viewers up to the evaluation date
SELECT v.violation_id, v.viewer_id, v.violated_at, flag_cell(v.severe) AS severe, v.status, quoted(v.source_file) AS source_file, v.line AS source_line
FROM standing_viewer_violation AS v CROSS JOIN policy_run AS p
WHERE CAST(v.violated_at AS DATE) <= p.as_of
ORDER BY v.violation_id
