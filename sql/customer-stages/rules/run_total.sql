-- what: what the run counts      grain: one row
-- reads: customer_stage      writes: run_total (table)
-- why: the funnel in figures, beside what the platform shows.
SELECT
  (SELECT COUNT(*) FROM customer_stage AS s WHERE s.customer) AS customers,
  (SELECT COUNT(*) FROM customer_stage AS s WHERE s.potential) AS potential,
  (SELECT COUNT(*) FROM customer_stage AS s WHERE s.potential AND s.l1_plus) AS potential_l1_plus,
  (SELECT COUNT(*) FROM customer_stage AS s WHERE s.reached) AS reached,
  (SELECT COUNT(*) FROM customer_stage AS s WHERE s.handshake) AS handshake,
  (SELECT COUNT(*) FROM customer_stage AS s WHERE s.intent) AS intent,
  (SELECT COUNT(*) FROM customer_stage AS s WHERE s.ordered) AS ordered,
  (SELECT COUNT(*) FROM customer_stage AS s WHERE s.repeated) AS repeated
