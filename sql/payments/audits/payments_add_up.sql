-- audit: payments_add_up
-- why: what is paid and carried must be what was closed and carried before, to the fen and for every payee, or money is lost or paid twice; and nobody is paid less than nothing.
SELECT payee_type, payee_id, SUM(items) AS items, SUM(settled) AS settled, SUM(open) AS open, SUM(carried) AS carried
FROM (
  SELECT payee_type, payee_id, amount AS items, 0 AS settled, 0 AS open, 0 AS carried FROM payment_item
  UNION ALL
  SELECT payee_type, payee_id, 0, to_pay + carried_out, 0, carried_out FROM payment
  UNION ALL
  SELECT payee_type, payee_id, 0, 0, amount, 0 FROM withheld_line WHERE released_in IS NULL
)
GROUP BY payee_type, payee_id
HAVING SUM(items) <> SUM(settled) OR SUM(open) <> SUM(carried)
UNION ALL
SELECT payee_type, payee_id, due, to_pay, carried_out, carried_in FROM payment WHERE to_pay < 0 OR (to_pay <> 0 AND carried_out <> 0)
