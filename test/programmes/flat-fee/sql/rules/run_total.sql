-- what: the control totals of the run      grain: one row
-- reads: anchor_settlement      writes: run_total (table)
-- why: finance compares these with what is paid out.
SELECT COUNT(*) AS anchors, CAST(COALESCE(SUM(sessions), 0) AS BIGINT) AS sessions, CAST(COALESCE(SUM(valid_sessions), 0) AS BIGINT) AS valid_sessions,
  CAST(COALESCE(SUM(total), 0) AS DECIMAL(38, 2)) AS total
FROM anchor_settlement
