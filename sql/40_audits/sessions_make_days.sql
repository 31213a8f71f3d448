-- audit: sessions_make_days
-- why: the sessions' amounts must be the days' gross, fen by fen, and an invalid session earns nothing.
SELECT anchor_id, settlement_date, SUM(amount) AS too_much
FROM (
  SELECT anchor_id, settlement_date, amount FROM session_line
  UNION ALL
  SELECT anchor_id, settlement_date, -gross FROM day_amount
)
GROUP BY anchor_id, settlement_date
HAVING SUM(amount) <> 0
UNION ALL
SELECT anchor_id, settlement_date, amount FROM session_line WHERE NOT valid AND amount <> 0
