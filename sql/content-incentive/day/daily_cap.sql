-- rule: daily_cap      clause: C8      grain: anchor_id, settlement_date
-- reads: day_validity, policy_daily_cap      writes: day_amount (table)
-- why: low-level days would be paid without limit. The cap follows the highest level among the day's valid sessions; above the last row there is none.
SELECT
  d.*,
  CAST(c.cap AS DECIMAL(38, 2)) AS cap,
  CAST(CASE WHEN d.gross > c.cap THEN d.gross - c.cap ELSE 0 END AS DECIMAL(38, 2)) AS withheld,
  CAST(CASE WHEN d.gross > c.cap THEN c.cap ELSE d.gross END AS DECIMAL(38, 2)) AS watch_time
FROM day_validity AS d
LEFT JOIN policy_daily_cap AS c
  ON c.settlement_date = d.settlement_date AND d.top_level > c.above_level AND d.top_level <= c.max_level
