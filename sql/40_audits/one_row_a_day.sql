-- audit: one_row_a_day
-- why: a day that two caps match would be paid twice.
SELECT anchor_id, settlement_date, COUNT(*) AS rows FROM day_amount GROUP BY anchor_id, settlement_date HAVING COUNT(*) > 1
