-- rule: attendance_bonus      clause: C11      grain: anchor_id
-- reads: day_amount, anchor_scope, policy_tier      writes: attendance_bonus (table)
-- why: the best-paying tier whose conditions all hold; none, no bonus.
WITH counted AS (
  SELECT
    d.anchor_id,
    SUM(CASE WHEN d.attendance_day THEN 1 ELSE 0 END) AS days,
    SUM(d.attendance_seconds) AS seconds
  FROM day_amount AS d
  JOIN anchor_scope AS s ON s.anchor_id = d.anchor_id
  WHERE s.in_scope
  GROUP BY d.anchor_id
)
SELECT
  c.anchor_id,
  CAST(c.days AS BIGINT) AS days,
  CAST(c.seconds AS BIGINT) AS seconds,
  CAST(COALESCE(MAX(t.amount), 0) AS DECIMAL(38, 2)) AS amount
FROM counted AS c
LEFT JOIN policy_tier AS t
  ON t.bonus = 'attendance_bonus' AND c.days >= t.valid_days AND c.seconds >= t.valid_seconds
GROUP BY c.anchor_id, c.days, c.seconds
