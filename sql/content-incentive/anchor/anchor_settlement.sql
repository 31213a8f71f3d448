-- what: what an anchor is paid      grain: anchor_id
-- reads: day_amount, standing_anchor, anchor_scope, attendance_bonus, newcomer_bonus, anchor_reason      writes: anchor_settlement (table)
-- why: bonuses stand as earned; each part is taken once, by however many reasons; total = watch_time + bonuses - forfeited.
WITH summed AS (
  SELECT
    d.anchor_id,
    SUM(d.sessions) AS sessions,
    SUM(d.valid_sessions) AS valid_sessions,
    SUM(d.valid_seconds) AS valid_seconds,
    SUM(CASE WHEN d.valid_day THEN 1 ELSE 0 END) AS valid_days,
    SUM(d.gross) AS gross,
    SUM(d.withheld) AS withheld,
    SUM(d.watch_time) AS watch_time,
    SUM(d.share_sessions) AS share_sessions,
    SUM(d.low_level_sessions) AS low_level_sessions
  FROM day_amount AS d
  GROUP BY d.anchor_id
),
taken AS (
  SELECT
    r.anchor_id,
    MAX(CASE WHEN r.disqualifies THEN 1 ELSE 0 END) AS disqualified,
    MAX(CASE WHEN r.takes_watch_time THEN 1 ELSE 0 END) AS watch_time,
    MAX(CASE WHEN r.takes_attendance_bonus THEN 1 ELSE 0 END) AS attendance_bonus,
    MAX(CASE WHEN r.takes_newcomer_bonus THEN 1 ELSE 0 END) AS newcomer_bonus,
    in_order(r.reason) AS reasons
  FROM anchor_reason AS r
  GROUP BY r.anchor_id
),
parts AS (
  SELECT
    m.*,
    a.nickname,
    a.agency_id,
    s.in_scope,
    COALESCE(t.disqualified, 0) AS disqualified,
    t.reasons,
    COALESCE(ab.amount, 0) AS attendance_bonus,
    COALESCE(ab.days, 0) AS attendance_days,
    COALESCE(ab.seconds, 0) AS attendance_seconds,
    COALESCE(nb.amount, 0) AS newcomer_bonus,
    COALESCE(nb.days, 0) AS newcomer_days,
    COALESCE(nb.seconds, 0) AS newcomer_seconds,
    CASE WHEN t.watch_time = 1 THEN m.watch_time ELSE 0 END
      + CASE WHEN t.attendance_bonus = 1 THEN COALESCE(ab.amount, 0) ELSE 0 END
      + CASE WHEN t.newcomer_bonus = 1 THEN COALESCE(nb.amount, 0) ELSE 0 END AS forfeited
  FROM summed AS m
  JOIN standing_anchor AS a ON a.anchor_id = m.anchor_id
  JOIN anchor_scope AS s ON s.anchor_id = m.anchor_id
  LEFT JOIN attendance_bonus AS ab ON ab.anchor_id = m.anchor_id
  LEFT JOIN newcomer_bonus AS nb ON nb.anchor_id = m.anchor_id
  LEFT JOIN taken AS t ON t.anchor_id = m.anchor_id
)
SELECT
  p.anchor_id,
  p.nickname,
  p.agency_id,
  CAST(CASE WHEN NOT p.in_scope THEN 'out_of_scope' WHEN p.disqualified = 1 THEN 'disqualified' ELSE 'payable' END AS VARCHAR) AS status,
  CAST(p.sessions AS BIGINT) AS sessions,
  CAST(p.valid_sessions AS BIGINT) AS valid_sessions,
  CAST(p.valid_seconds AS BIGINT) AS valid_seconds,
  CAST(p.valid_days AS BIGINT) AS valid_days,
  CAST(p.gross AS DECIMAL(38, 2)) AS watch_time_gross,
  CAST(p.withheld AS DECIMAL(38, 2)) AS cap_withheld,
  CAST(p.watch_time AS DECIMAL(38, 2)) AS watch_time,
  CAST(p.attendance_bonus AS DECIMAL(38, 2)) AS attendance_bonus,
  CAST(p.newcomer_bonus AS DECIMAL(38, 2)) AS newcomer_bonus,
  CAST(p.forfeited AS DECIMAL(38, 2)) AS forfeited,
  CAST(CAST(p.watch_time AS DECIMAL(38, 2)) + p.attendance_bonus + p.newcomer_bonus - p.forfeited AS DECIMAL(38, 2)) AS total,
  CAST(CASE WHEN NOT p.in_scope THEN 'out_of_scope' ELSE p.reasons END AS VARCHAR) AS reasons,
  CAST(p.attendance_days AS BIGINT) AS attendance_days,
  CAST(p.attendance_seconds AS BIGINT) AS attendance_seconds,
  CAST(p.newcomer_days AS BIGINT) AS newcomer_days,
  CAST(p.newcomer_seconds AS BIGINT) AS newcomer_seconds,
  CAST(p.share_sessions AS BIGINT) AS share_sessions,
  CAST(p.low_level_sessions AS BIGINT) AS low_level_sessions
FROM parts AS p
