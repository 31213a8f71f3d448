-- audit: anchor_identities
-- why: the contract's identities hold in every row; nobody forfeits more than was earned.
SELECT s.anchor_id, s.watch_time_gross, s.cap_withheld, s.watch_time, e.earned, s.forfeited, s.total
FROM anchor_settlement AS s
LEFT JOIN (
  SELECT anchor_id, SUM(earned) AS earned, SUM(CASE WHEN part = 'watch_time' THEN earned ELSE 0 END) AS watch_time
  FROM anchor_part
  GROUP BY anchor_id
) AS e ON e.anchor_id = s.anchor_id
WHERE s.watch_time <> s.watch_time_gross - s.cap_withheld
  OR s.watch_time IS DISTINCT FROM e.watch_time
  OR s.total <> e.earned - s.forfeited
  OR s.total < 0 OR s.forfeited < 0
  OR (s.status = 'out_of_scope' AND (s.total <> 0 OR s.watch_time_gross <> 0 OR e.earned <> 0))
