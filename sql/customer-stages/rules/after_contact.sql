-- rule: after_contact      clause: K4, K5, K6, K7      grain: customer_id
-- reads: reached_contact, standing_visit, standing_order, policy_run, policy_window, policy_intent_kind      writes: after_contact (table)
-- why: what came of a contact is what tells whether it was worth it; what came before it, or too late, came of something else.
-- So many days after: to the last second of the date that is so many dates after the contact's.
WITH first_order AS (
  SELECT o.customer_id, MIN(o.ordered_at) AS ordered_at FROM standing_order AS o GROUP BY o.customer_id
),
answered AS (
  SELECT DISTINCT c.customer_id
  FROM reached_contact AS c CROSS JOIN policy_run AS p CROSS JOIN policy_window AS w
  WHERE c.replied_at >= c.sent_at AND CAST(c.replied_at AS DATE) <= days_after(c.sent_on, w.handshake_days) AND CAST(c.replied_at AS DATE) <= p.as_of
),
meant AS (
  SELECT DISTINCT c.customer_id
  FROM reached_contact AS c
  CROSS JOIN policy_run AS p
  CROSS JOIN policy_window AS w
  JOIN standing_visit AS v ON v.customer_id = c.customer_id AND v.happened_at >= c.sent_at
  JOIN policy_intent_kind AS k ON k.kind = v.kind
  WHERE CAST(v.happened_at AS DATE) <= days_after(c.sent_on, w.intent_days) AND CAST(v.happened_at AS DATE) <= p.as_of
),
bought AS (
  SELECT DISTINCT o.order_id, o.customer_id, o.ordered_at
  FROM reached_contact AS c
  CROSS JOIN policy_run AS p
  CROSS JOIN policy_window AS w
  JOIN standing_order AS o ON o.customer_id = c.customer_id AND o.ordered_at >= c.sent_at
  WHERE CAST(o.ordered_at AS DATE) <= days_after(c.sent_on, w.order_days) AND CAST(o.ordered_at AS DATE) <= p.as_of
),
ranked AS (
  SELECT b.customer_id, b.ordered_at > f.ordered_at OR ROW_NUMBER() OVER (PARTITION BY b.customer_id ORDER BY b.ordered_at, b.order_id) > 1 AS again
  FROM bought AS b
  JOIN first_order AS f ON f.customer_id = b.customer_id
),
ordering AS (
  SELECT r.customer_id, MAX(CASE WHEN r.again THEN 1 ELSE 0 END) = 1 AS repeated FROM ranked AS r GROUP BY r.customer_id
)
SELECT c.customer_id, a.customer_id IS NOT NULL AS handshake, m.customer_id IS NOT NULL AS intent, o.customer_id IS NOT NULL AS ordered,
  COALESCE(o.repeated, false) AS repeated
FROM (SELECT DISTINCT r.customer_id FROM reached_contact AS r) AS c
LEFT JOIN answered AS a ON a.customer_id = c.customer_id
LEFT JOIN meant AS m ON m.customer_id = c.customer_id
LEFT JOIN ordering AS o ON o.customer_id = c.customer_id
