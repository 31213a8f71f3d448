-- what: what an anchor earns, part by part      grain: anchor_id, part
-- reads: anchor_month, attendance_bonus, newcomer_bonus      writes: anchor_part (table)
-- why: a rule takes whole parts, so what is forfeited, paid and adjusted follows from rows of them, whichever there are.
SELECT
  m.anchor_id,
  'watch_time' AS part,
  CAST(m.watch_time AS DECIMAL(38, 2)) AS earned,
  CAST(NULL AS BIGINT) AS days,
  CAST(NULL AS BIGINT) AS seconds
FROM anchor_month AS m
UNION ALL
SELECT b.anchor_id, 'attendance_bonus', b.amount, b.days, b.seconds
FROM attendance_bonus AS b
UNION ALL
SELECT b.anchor_id, 'newcomer_bonus', b.amount, b.days, b.seconds
FROM newcomer_bonus AS b
