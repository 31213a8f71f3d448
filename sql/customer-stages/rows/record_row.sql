-- what: what became of every sound row of customers, visits, contacts and orders      grain: file_no, line
-- reads: customer_row, customer_visit_row, customer_contact_row, customer_order_row, active_file, standing_customer, standing_visit, standing_contact, standing_order, policy_run      writes: record_row (table)
-- why: a row that stands nowhere is one that nobody counted. What happened after the evaluation date is outside; what came before it may decide.
WITH sound AS (
  SELECT r.file_no, r.line FROM customer_row AS r
  UNION ALL
  SELECT r.file_no, r.line FROM customer_visit_row AS r
  UNION ALL
  SELECT r.file_no, r.line FROM customer_contact_row AS r
  UNION ALL
  SELECT r.file_no, r.line FROM customer_order_row AS r
),
stands AS (
  SELECT c.file_no, c.line, true AS inside FROM standing_customer AS c
  UNION ALL
  SELECT s.file_no, s.line, CAST(s.happened_at AS DATE) <= p.as_of FROM standing_visit AS s CROSS JOIN policy_run AS p
  UNION ALL
  SELECT s.file_no, s.line, CAST(s.sent_at AS DATE) <= p.as_of FROM standing_contact AS s CROSS JOIN policy_run AS p
  UNION ALL
  SELECT s.file_no, s.line, CAST(s.ordered_at AS DATE) <= p.as_of FROM standing_order AS s CROSS JOIN policy_run AS p
)
SELECT s.file_no, s.line, CASE WHEN t.inside IS NULL THEN 'superseded' WHEN t.inside THEN 'settled' ELSE 'outside_period' END AS became
FROM sound AS s
JOIN active_file AS f ON f.file_no = s.file_no
LEFT JOIN stands AS t ON t.file_no = s.file_no AND t.line = s.line
