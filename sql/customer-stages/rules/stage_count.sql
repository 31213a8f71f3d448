-- what: how many customers reached each stage, L1+ apart      grain: stage
-- reads: customer_stage      writes: stage_count (table)
-- why: the funnel shows where customers are lost.
SELECT t.place, t.stage, CAST(COUNT(*) AS BIGINT) AS customers, CAST(SUM(CASE WHEN t.l1_plus THEN 1 ELSE 0 END) AS BIGINT) AS l1_plus
FROM (
  SELECT 'a' AS place, 'customer' AS stage, s.l1_plus FROM customer_stage AS s WHERE s.customer
  UNION ALL
  SELECT 'b', 'potential', s.l1_plus FROM customer_stage AS s WHERE s.potential
  UNION ALL
  SELECT 'c', 'reached', s.l1_plus FROM customer_stage AS s WHERE s.reached
  UNION ALL
  SELECT 'd', 'handshake', s.l1_plus FROM customer_stage AS s WHERE s.handshake
  UNION ALL
  SELECT 'e', 'intent', s.l1_plus FROM customer_stage AS s WHERE s.intent
  UNION ALL
  SELECT 'f', 'order', s.l1_plus FROM customer_stage AS s WHERE s.ordered
  UNION ALL
  SELECT 'g', 'repeat', s.l1_plus FROM customer_stage AS s WHERE s.repeated
) AS t
GROUP BY t.place, t.stage
