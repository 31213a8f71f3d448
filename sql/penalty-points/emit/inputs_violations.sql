-- inputs/violations.csv      grain: violation_id      the violations of the years that the period touches, up to the evaluation date
SELECT v.violation_id, v.anchor_id, v.violated_at, v.points, flag_cell(v.severe) AS severe, v.status, quoted(v.source_file) AS source_file, v.line AS source_line
FROM standing_violation AS v CROSS JOIN policy_run AS p
WHERE CAST(v.violated_at AS DATE) >= (SELECT MIN(y.year_from) FROM policy_points_year AS y) AND CAST(v.violated_at AS DATE) <= p.as_of
ORDER BY v.violation_id
