-- what: the control totals of the run      grain: one row
-- reads: anchor_settlement, anchor_part      writes: run_total (table)
-- why: finance compares these with what is paid out. They are the manifest's; what is earned has a column a part, as in settlement.csv.
WITH summed AS (
  SELECT
    COUNT(*) AS anchors,
    SUM(sessions) AS sessions,
    SUM(valid_sessions) AS valid_sessions,
    SUM(watch_time_gross) AS watch_time_gross,
    SUM(cap_withheld) AS cap_withheld,
    SUM(forfeited) AS forfeited,
    SUM(total) AS total
  FROM anchor_settlement
)
SELECT
  CAST(s.anchors AS BIGINT) AS anchors,
  CAST(COALESCE(s.sessions, 0) AS BIGINT) AS sessions,
  CAST(COALESCE(s.valid_sessions, 0) AS BIGINT) AS valid_sessions,
  CAST(COALESCE(s.watch_time_gross, 0) AS DECIMAL(38, 2)) AS watch_time_gross,
  CAST(COALESCE(s.cap_withheld, 0) AS DECIMAL(38, 2)) AS cap_withheld,
  unnest(e.parts),
  CAST(COALESCE(s.forfeited, 0) AS DECIMAL(38, 2)) AS forfeited,
  CAST(COALESCE(s.total, 0) AS DECIMAL(38, 2)) AS total
FROM summed AS s
CROSS JOIN (SELECT part_columns(part, earned) AS parts FROM anchor_part) AS e
