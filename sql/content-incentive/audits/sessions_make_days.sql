-- audit: sessions_make_days
-- why: the sessions' amounts must be the days' gross, fen by fen, and an invalid session earns nothing; a day that two caps match would be paid twice.
SELECT anchor_id, settlement_date, SUM(amount) AS too_much, COUNT(CASE WHEN is_day THEN 1 END) AS days
FROM (
  SELECT anchor_id, settlement_date, amount, FALSE AS is_day FROM session_line
  UNION ALL
  SELECT anchor_id, settlement_date, -gross, TRUE FROM day_amount
)
GROUP BY anchor_id, settlement_date
HAVING SUM(amount) <> 0 OR COUNT(CASE WHEN is_day THEN 1 END) <> 1
UNION ALL
SELECT anchor_id, settlement_date, amount, 1 FROM session_line WHERE NOT valid AND amount <> 0
