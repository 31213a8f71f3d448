-- days.csv      grain: anchor_id, date      only dates with a valid session
SELECT anchor_id, settlement_date AS date, valid_sessions, valid_seconds, flag_cell(valid_day) AS valid_day, top_level, cap,
  gross, withheld, watch_time
FROM day_amount
WHERE valid_sessions > 0
ORDER BY anchor_id, settlement_date
