-- what: what every cause changes, the program's part being what the others leave      grain: anchor_id, settlement_date, part, cause
-- reads: a_amount, b_amount, cause_amount      writes: cause_line (table)
-- why: the causes of a line must be its difference to the fen.
WITH every AS (
  SELECT anchor_id, settlement_date, part, cause, amount FROM cause_amount
  UNION ALL
  SELECT anchor_id, settlement_date, part, 'program', -amount FROM cause_amount
  UNION ALL
  SELECT anchor_id, settlement_date, part, 'program', -amount FROM a_amount
  UNION ALL
  SELECT anchor_id, settlement_date, part, 'program', amount FROM b_amount
)
SELECT anchor_id, settlement_date, part, cause, CAST(SUM(amount) AS DECIMAL(38, 2)) AS amount
FROM every
GROUP BY anchor_id, settlement_date, part, cause
HAVING SUM(amount) <> 0
