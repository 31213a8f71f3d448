-- rule: punished_session      clause: C3, C14      grain: session_id
-- reads: named_session, upheld_penalty, policy_invalidating_penalty      writes: session_punishment (table)
-- why: a session punished for playback, idling and the like would be paid. It is invalid whenever the penalty was imposed.
-- reason: punished:<kind>
WITH punished AS (
  SELECT DISTINCT p.session_id, p.kind
  FROM upheld_penalty AS p
  JOIN named_session AS s ON s.session_id = p.session_id
  JOIN policy_invalidating_penalty AS k ON k.settlement_date = s.settlement_date AND k.kind = p.kind
)
SELECT
  session_id,
  in_order(array_agg('punished:' || kind)) AS punishments
FROM punished
GROUP BY session_id
