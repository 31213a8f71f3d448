-- rule: recent_visit      clause: K1, K2      grain: customer_id
-- reads: standing_visit, policy_run, policy_stage      writes: recent_visit (table)
-- why: who visited, saved or carted long ago is no customer of today's.
-- The window is so many dates, the evaluation date the last of them.
SELECT v.customer_id,
  MAX(CASE WHEN k.of_customers THEN 1 ELSE 0 END) = 1 AS of_customers,
  MAX(CASE WHEN k.of_potential THEN 1 ELSE 0 END) = 1 AS of_potential
FROM standing_visit AS v
CROSS JOIN policy_run AS p
JOIN policy_stage AS k ON k.kind = v.kind
WHERE CAST(v.happened_at AS DATE) <= p.as_of AND days_after(CAST(v.happened_at AS DATE), k.visit_days) > p.as_of
GROUP BY v.customer_id
