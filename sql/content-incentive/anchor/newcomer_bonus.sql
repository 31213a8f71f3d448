-- rule: newcomer_bonus      clause: C10      grain: anchor_id
-- reads: day_amount, newcomer_window, policy_tier      writes: newcomer_bonus (table)
-- why: the best-paying tier whose conditions all hold; none, no bonus.
WITH counted AS (
  SELECT
    w.anchor_id,
    SUM(CASE WHEN d.newcomer_day AND d.settlement_date BETWEEN w.window_from AND w.window_to THEN 1 ELSE 0 END) AS days,
    SUM(CASE WHEN d.settlement_date BETWEEN w.window_from AND w.window_to THEN d.newcomer_seconds ELSE 0 END) AS seconds
  FROM newcomer_window AS w
  JOIN day_amount AS d ON d.anchor_id = w.anchor_id
  GROUP BY w.anchor_id
)
SELECT
  c.anchor_id,
  CAST(c.days AS BIGINT) AS days,
  CAST(c.seconds AS BIGINT) AS seconds,
  CAST(COALESCE(MAX(t.amount), 0) AS DECIMAL(38, 2)) AS amount
FROM counted AS c
LEFT JOIN policy_tier AS t
  ON t.bonus = 'newcomer_bonus' AND c.days >= t.valid_days AND c.seconds >= t.valid_seconds
GROUP BY c.anchor_id, c.days, c.seconds
