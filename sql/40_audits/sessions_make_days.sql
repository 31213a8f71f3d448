-- audit: sessions_make_days
-- why: the sessions' amounts must be the days' gross, fen by fen, and an invalid session earns nothing.
SELECT anchor_id, settlement_date, SUM(amount) AS of_sessions, SUM(gross) AS of_days
FROM (
  SELECT anchor_id, settlement_date, amount, 0 AS gross FROM session_line
  UNION ALL
  SELECT anchor_id, settlement_date, 0, gross FROM day_amount
)
GROUP BY anchor_id, settlement_date
HAVING SUM(amount) <> SUM(gross)
UNION ALL
SELECT anchor_id, settlement_date, amount, 0 FROM session_line WHERE NOT valid AND amount <> 0
