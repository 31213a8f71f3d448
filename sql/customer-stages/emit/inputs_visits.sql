-- inputs/customer_visits.csv      grain: visit_id      the rows up to the evaluation date, as they were read
SELECT c.visit_id, c.customer_id, c.kind, c.happened_at, quoted(c.source_file) AS source_file, c.line AS source_line
FROM standing_visit AS c CROSS JOIN policy_run AS p WHERE CAST(c.happened_at AS DATE) <= p.as_of
ORDER BY c.visit_id
