-- inputs/customer_orders.csv      grain: order_id      the rows up to the evaluation date, as they were read
SELECT c.order_id, c.customer_id, c.ordered_at, quoted(c.source_file) AS source_file, c.line AS source_line
FROM standing_order AS c CROSS JOIN policy_run AS p WHERE CAST(c.ordered_at AS DATE) <= p.as_of
ORDER BY c.order_id
