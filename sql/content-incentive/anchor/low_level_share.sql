-- rule: low_level_share      clause: C11      grain: anchor_id, part
-- reads: day_amount, attendance_bonus, policy_low_level_share, policy_forfeit      writes: reason_low_level_share (table)
-- why: an attendance bonus would be kept by who mostly streams low quality. Compared exactly: low > share * all, never a quotient.
-- reason: low_level_share (needs an attendance bonus above zero; the share of no session at all never holds)
WITH counted AS (
  SELECT
    d.anchor_id,
    CAST(SUM(d.share_sessions) AS DECIMAL(18, 0)) AS sessions,
    CAST(CAST(SUM(d.low_level_sessions) AS DECIMAL(18, 0)) AS DECIMAL(38, 6)) AS low_sessions
  FROM day_amount AS d
  JOIN attendance_bonus AS b ON b.anchor_id = d.anchor_id
  WHERE b.amount > 0
  GROUP BY d.anchor_id
)
SELECT
  c.anchor_id,
  'low_level_share' AS reason,
  CAST(false AS BOOLEAN) AS disqualifies,
  f.part
FROM counted AS c
CROSS JOIN policy_low_level_share AS p
JOIN policy_forfeit AS f ON f.rule = 'low_level_share'
WHERE c.sessions > 0
  AND CASE p.op
    WHEN '=' THEN c.low_sessions = CAST(p.share AS DECIMAL(20, 6)) * c.sessions
    WHEN '>=' THEN c.low_sessions >= CAST(p.share AS DECIMAL(20, 6)) * c.sessions
    WHEN '>' THEN c.low_sessions > CAST(p.share AS DECIMAL(20, 6)) * c.sessions
    WHEN '<=' THEN c.low_sessions <= CAST(p.share AS DECIMAL(20, 6)) * c.sessions
    WHEN '<' THEN c.low_sessions < CAST(p.share AS DECIMAL(20, 6)) * c.sessions
  END
