-- what: what an anchor is paid      grain: anchor_id
-- reads: anchor_month, anchor_part, standing_anchor, anchor_scope, anchor_reason, forfeit      writes: anchor_settlement (table)
-- why: parts stand as earned; each is taken once, by however many reasons; total = all parts - forfeited.
WITH taken AS (
  SELECT DISTINCT f.anchor_id, f.part
  FROM forfeit AS f
),
amount AS (
  SELECT
    p.anchor_id,
    SUM(p.earned) AS earned,
    SUM(CASE WHEN t.part IS NULL THEN 0 ELSE p.earned END) AS forfeited
  FROM anchor_part AS p
  LEFT JOIN taken AS t ON t.anchor_id = p.anchor_id AND t.part = p.part
  GROUP BY p.anchor_id
),
against AS (
  SELECT
    r.anchor_id,
    MAX(CASE WHEN r.disqualifies THEN 1 ELSE 0 END) AS disqualified,
    in_order(array_agg(r.reason)) AS reasons
  FROM anchor_reason AS r
  GROUP BY r.anchor_id
)
SELECT
  m.anchor_id,
  a.nickname,
  a.agency_id,
  CASE WHEN NOT s.in_scope THEN 'out_of_scope' WHEN g.disqualified = 1 THEN 'disqualified' ELSE 'payable' END AS status,
  m.sessions,
  m.valid_sessions,
  m.valid_seconds,
  m.valid_days,
  m.watch_time_gross,
  m.cap_withheld,
  m.watch_time,
  CAST(p.forfeited AS DECIMAL(38, 2)) AS forfeited,
  CAST(p.earned - p.forfeited AS DECIMAL(38, 2)) AS total,
  CASE WHEN NOT s.in_scope THEN 'out_of_scope' ELSE g.reasons END AS reasons,
  m.share_sessions,
  m.low_level_sessions
FROM anchor_month AS m
JOIN standing_anchor AS a ON a.anchor_id = m.anchor_id
JOIN anchor_scope AS s ON s.anchor_id = m.anchor_id
JOIN amount AS p ON p.anchor_id = m.anchor_id
LEFT JOIN against AS g ON g.anchor_id = m.anchor_id
