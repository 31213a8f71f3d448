-- audit: withheld_lines_are_whole
-- why: what was carried over must stand in this batch, released or carried on, and no more of a line may be withheld than it has.
SELECT i.payee_type, i.payee_id, i.item, i.amount, SUM(w.amount) AS withheld
FROM payment_item AS i
LEFT JOIN withheld_line AS w ON w.payee_type = i.payee_type AND w.payee_id = i.payee_id AND w.item = i.item
GROUP BY i.payee_type, i.payee_id, i.item, i.amount, i.withheld_in
HAVING (i.withheld_in IS NOT NULL AND SUM(w.amount) IS DISTINCT FROM i.amount)
  OR ABS(SUM(w.amount)) > ABS(i.amount)
  OR SUM(w.amount) * i.amount < 0
