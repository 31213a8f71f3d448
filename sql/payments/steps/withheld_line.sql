-- what: every fen that is not simply paid: what it is of, why, since which batch, and which batch released it      grain: payee_type, payee_id, item, reason, against
-- reads: payment_item, payment_offset, payment_balance, payment_terms      writes: withheld_line (table)
-- why: money that is withheld must be named until it is paid, and money that is owed until it is recovered.
-- offset: money that recovers what is owed, by the line `against`. owed: taken back, and recovered by `against`, or not yet.
-- below_minimum: money that waits until it is worth paying. Without `released_in` it is carried over.
WITH offset_now AS (
  SELECT payee_type, payee_id, item, against, amount, 'offset' AS reason FROM payment_offset
  UNION ALL
  SELECT payee_type, payee_id, against, item, -amount, 'owed' FROM payment_offset
),
used AS (
  SELECT payee_type, payee_id, item, SUM(amount) AS amount FROM offset_now GROUP BY payee_type, payee_id, item
),
kept AS (
  SELECT i.payee_type, i.payee_id, i.item, i.withheld_in,
    CAST(i.amount - coalesce(u.amount, 0) AS DECIMAL(38, 2)) AS amount, b.carried_out
  FROM payment_item AS i
  JOIN payment_balance AS b ON b.payee_type = i.payee_type AND b.payee_id = i.payee_id
  LEFT JOIN used AS u ON u.payee_type = i.payee_type AND u.payee_id = i.payee_id AND u.item = i.item
  WHERE i.amount <> coalesce(u.amount, 0)
),
told AS (
  SELECT o.payee_type, o.payee_id, o.item, o.amount, o.reason, i.withheld_in, true AS is_released, o.against
  FROM offset_now AS o
  JOIN payment_item AS i ON i.payee_type = o.payee_type AND i.payee_id = o.payee_id AND i.item = o.item
  UNION ALL
  SELECT payee_type, payee_id, item, amount, CASE WHEN amount < 0 THEN 'owed' ELSE 'below_minimum' END, withheld_in,
    carried_out = 0, ''
  FROM kept
  WHERE carried_out <> 0 OR withheld_in IS NOT NULL
)
SELECT t.payee_type, t.payee_id, t.item, i.close_no, i.anchor_id, i.settlement_date, i.part, CAST(t.amount AS DECIMAL(38, 2)) AS amount,
  t.reason, coalesce(t.withheld_in, terms.batch_no) AS withheld_in,
  CASE WHEN t.is_released THEN terms.batch_no END AS released_in, t.against
FROM told AS t
JOIN payment_item AS i ON i.payee_type = t.payee_type AND i.payee_id = t.payee_id AND i.item = t.item
CROSS JOIN payment_terms AS terms
