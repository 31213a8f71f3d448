-- stages.csv      grain: customer_id      every customer with the stages that it reached, and the furthest
SELECT s.customer_id, flag_cell(s.l1_plus) AS l1_plus, flag_cell(s.customer) AS customer, flag_cell(s.potential) AS potential, flag_cell(s.reached) AS reached,
  flag_cell(s.handshake) AS handshake, flag_cell(s.intent) AS intent, flag_cell(s.ordered) AS ordered, flag_cell(s.repeated) AS repeated, s.stage
FROM customer_stage AS s
ORDER BY s.customer_id
