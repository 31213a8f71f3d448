-- days.csv      grain: anchor_id, date      only dates with a valid session
-- lines sorted by: anchor_id, date
SELECT anchor_id, settlement_date AS date, valid_sessions, valid_seconds, flag_cell(valid_day) AS valid_day, top_level, money_cell(cap) AS cap,
  money_cell(gross) AS gross, money_cell(withheld) AS withheld, money_cell(watch_time) AS watch_time
FROM day_amount
WHERE valid_sessions > 0
