-- rule: customer_stage      clause: K1, K2, K3, K4, K5, K6, K7      grain: customer_id
-- reads: standing_customer, recent_visit, after_contact, standing_order, policy_run, policy_window      writes: customer_stage (table)
-- why: a customer stands in the furthest stage, and the funnel counts those that reached each.
WITH known AS (
  SELECT c.customer_id FROM standing_customer AS c
  UNION
  SELECT v.customer_id FROM recent_visit AS v
  UNION
  SELECT a.customer_id FROM after_contact AS a
),
converted AS (
  SELECT DISTINCT o.customer_id FROM standing_order AS o CROSS JOIN policy_run AS p WHERE CAST(o.ordered_at AS DATE) <= p.as_of
),
looked AS (
  SELECT k.customer_id, COALESCE(c.l1_plus, false) AS l1_plus, NOT COALESCE(c.binned, false) AS kept,
    COALESCE(c.filed, false) OR COALESCE(c.follower, false) OR COALESCE(v.of_customers, false) AS listed,
    COALESCE(v.of_potential, false) AS of_potential,
    COALESCE(CAST(c.active_at AS DATE) <= p.as_of AND days_after(CAST(c.active_at AS DATE), w.active_days) > p.as_of, false) AS active,
    o.customer_id IS NULL AS unconverted,
    a.customer_id IS NOT NULL AS reached,
    COALESCE(a.handshake, false) AS handshake, COALESCE(a.intent, false) AS intent, COALESCE(a.ordered, false) AS ordered, COALESCE(a.repeated, false) AS repeated
  FROM known AS k
  CROSS JOIN policy_run AS p
  CROSS JOIN policy_window AS w
  LEFT JOIN standing_customer AS c ON c.customer_id = k.customer_id
  LEFT JOIN recent_visit AS v ON v.customer_id = k.customer_id
  LEFT JOIN after_contact AS a ON a.customer_id = k.customer_id
  LEFT JOIN converted AS o ON o.customer_id = k.customer_id
),
staged AS (
  SELECT l.customer_id, l.l1_plus, l.kept AND l.listed AS customer,
    l.kept AND l.unconverted AND (l.listed AND l.active OR l.of_potential) AS potential,
    l.kept AND l.reached AS reached, l.kept AND l.handshake AS handshake, l.kept AND l.intent AS intent, l.kept AND l.ordered AS ordered, l.kept AND l.repeated AS repeated
  FROM looked AS l
)
SELECT s.customer_id, s.l1_plus, s.customer, s.potential, s.reached, s.handshake, s.intent, s.ordered, s.repeated,
  CASE WHEN s.repeated THEN 'repeat' WHEN s.ordered THEN 'order' WHEN s.intent THEN 'intent' WHEN s.handshake THEN 'handshake'
    WHEN s.reached THEN 'reached' WHEN s.potential THEN 'potential' ELSE 'customer' END AS stage
FROM staged AS s
WHERE s.customer OR s.potential OR s.reached
