-- what: an anchor's days in sums      grain: anchor_id
-- reads: day_amount      writes: anchor_month (table)
-- why: each day is added up once, for what is earned and for what is paid.
SELECT
  d.anchor_id,
  CAST(SUM(d.sessions) AS BIGINT) AS sessions,
  CAST(SUM(d.valid_sessions) AS BIGINT) AS valid_sessions,
  CAST(SUM(d.valid_seconds) AS BIGINT) AS valid_seconds,
  CAST(SUM(CASE WHEN d.valid_day THEN 1 ELSE 0 END) AS BIGINT) AS valid_days,
  CAST(SUM(d.gross) AS DECIMAL(38, 2)) AS watch_time_gross,
  CAST(SUM(d.withheld) AS DECIMAL(38, 2)) AS cap_withheld,
  CAST(SUM(d.watch_time) AS DECIMAL(38, 2)) AS watch_time,
  CAST(SUM(d.share_sessions) AS BIGINT) AS share_sessions,
  CAST(SUM(d.low_level_sessions) AS BIGINT) AS low_level_sessions
FROM day_amount AS d
GROUP BY d.anchor_id
