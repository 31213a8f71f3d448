-- what: what each payee is due, and what of it is paid now and what carried over      grain: payee_type, payee_id
-- reads: payment_item, payment_terms      writes: payment_balance (table)
-- why: a batch never takes money from a payee: what is owed is carried until it is recovered, and so is what is less than the minimum.
-- due + paid_later + taken_back + carried_in = to_pay + carried_out.
WITH summed AS (
  SELECT payee_type, payee_id,
    CAST(SUM(CASE WHEN withheld_in IS NULL AND revision = 1 THEN amount ELSE 0 END) AS DECIMAL(38, 2)) AS due,
    CAST(SUM(CASE WHEN withheld_in IS NULL AND revision > 1 AND amount > 0 THEN amount ELSE 0 END) AS DECIMAL(38, 2)) AS paid_later,
    CAST(SUM(CASE WHEN withheld_in IS NULL AND revision > 1 AND amount < 0 THEN amount ELSE 0 END) AS DECIMAL(38, 2)) AS taken_back,
    CAST(SUM(CASE WHEN withheld_in IS NULL THEN 0 ELSE amount END) AS DECIMAL(38, 2)) AS carried_in,
    CAST(SUM(amount) AS DECIMAL(38, 2)) AS balance
  FROM payment_item
  GROUP BY payee_type, payee_id
)
SELECT s.payee_type, s.payee_id, s.due, s.paid_later, s.taken_back, s.carried_in,
  CASE WHEN s.balance > 0 AND s.balance >= t.minimum THEN s.balance ELSE CAST(0 AS DECIMAL(38, 2)) END AS to_pay,
  CASE WHEN s.balance > 0 AND s.balance >= t.minimum THEN CAST(0 AS DECIMAL(38, 2)) ELSE s.balance END AS carried_out
FROM summed AS s
CROSS JOIN payment_terms AS t
