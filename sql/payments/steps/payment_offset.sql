-- what: which fen of a payee's money recovers which fen that it owes      grain: payee_type, payee_id, item, against
-- reads: payment_item      writes: payment_offset (table)
-- why: of every fen that is due and not paid it must be told what it was held against. The oldest money recovers the oldest debt.
WITH placed AS (
  SELECT payee_type, payee_id, item, amount > 0 AS is_credit, ABS(amount) AS amount,
    SUM(ABS(amount)) OVER (PARTITION BY payee_type, payee_id, amount > 0
      ORDER BY close_no, anchor_id, settlement_date NULLS FIRST, part ROWS UNBOUNDED PRECEDING) AS until
  FROM payment_item
),
matched AS (
  SELECT c.payee_type, c.payee_id, c.item, d.item AS against,
    CASE WHEN c.until < d.until THEN c.until ELSE d.until END AS until,
    CASE WHEN c.until - c.amount > d.until - d.amount THEN c.until - c.amount ELSE d.until - d.amount END AS since
  FROM placed AS c
  JOIN placed AS d ON d.payee_type = c.payee_type AND d.payee_id = c.payee_id
    AND c.until - c.amount < d.until AND d.until - d.amount < c.until
  WHERE c.is_credit AND NOT d.is_credit
)
SELECT payee_type, payee_id, item, against, CAST(until - since AS DECIMAL(38, 2)) AS amount
FROM matched
