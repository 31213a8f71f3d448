-- inputs/customers.csv      grain: customer_id      the rows up to the evaluation date, as they were read
SELECT c.customer_id, flag_cell(c.filed) AS filed, flag_cell(c.follower) AS follower, flag_cell(c.binned) AS binned, flag_cell(c.l1_plus) AS l1_plus, c.active_at, quoted(c.source_file) AS source_file, c.line AS source_line
FROM standing_customer AS c
ORDER BY c.customer_id
