-- what: the control totals of the run      grain: one row
-- reads: anchor_settlement      writes: run_total (table)
-- why: finance compares these with what is paid out.
SELECT
  CAST(COUNT(*) AS BIGINT) AS anchors,
  CAST(COALESCE(SUM(sessions), 0) AS BIGINT) AS sessions,
  CAST(COALESCE(SUM(valid_sessions), 0) AS BIGINT) AS valid_sessions,
  CAST(COALESCE(SUM(watch_time_gross), 0) AS DECIMAL(38, 2)) AS watch_time_gross,
  CAST(COALESCE(SUM(cap_withheld), 0) AS DECIMAL(38, 2)) AS cap_withheld,
  CAST(COALESCE(SUM(watch_time), 0) AS DECIMAL(38, 2)) AS watch_time,
  CAST(COALESCE(SUM(attendance_bonus), 0) AS DECIMAL(38, 2)) AS attendance_bonus,
  CAST(COALESCE(SUM(newcomer_bonus), 0) AS DECIMAL(38, 2)) AS newcomer_bonus,
  CAST(COALESCE(SUM(forfeited), 0) AS DECIMAL(38, 2)) AS forfeited,
  CAST(COALESCE(SUM(total), 0) AS DECIMAL(38, 2)) AS total
FROM anchor_settlement
