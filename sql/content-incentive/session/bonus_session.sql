-- rule: bonus_session      clause: C10, C11      grain: session_id
-- reads: session_amount, policy_newcomer, policy_attendance, policy_low_level_share      writes: session_counted (view)
-- why: bonuses count only valid sessions whose scarcity index passes the policy's test; the low-level share counts all long sessions, valid or not.
SELECT
  s.*,
  CAST(s.valid AND CASE n.index_op
    WHEN '=' THEN s.scarcity_index = n.index_value
    WHEN '>=' THEN s.scarcity_index >= n.index_value
    WHEN '>' THEN s.scarcity_index > n.index_value
    WHEN '<=' THEN s.scarcity_index <= n.index_value
    WHEN '<' THEN s.scarcity_index < n.index_value
  END AS BOOLEAN) AS counts_for_newcomer,
  CAST(s.valid AND CASE a.index_op
    WHEN '=' THEN s.scarcity_index = a.index_value
    WHEN '>=' THEN s.scarcity_index >= a.index_value
    WHEN '>' THEN s.scarcity_index > a.index_value
    WHEN '<=' THEN s.scarcity_index <= a.index_value
    WHEN '<' THEN s.scarcity_index < a.index_value
  END AS BOOLEAN) AS counts_for_attendance,
  CAST(s.duration_seconds >= l.min_seconds AS BOOLEAN) AS counts_for_share,
  CAST(s.quality_level <= l.max_level AS BOOLEAN) AS low_level
FROM session_amount AS s
CROSS JOIN policy_newcomer AS n
CROSS JOIN policy_attendance AS a
CROSS JOIN policy_low_level_share AS l
