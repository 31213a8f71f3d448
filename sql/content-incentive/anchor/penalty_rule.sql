-- rule: penalty_rule      clause: C12, C13, C14      grain: anchor_id, reason, part
-- reads: upheld_penalty, standing_anchor, anchor_scope, policy_penalty_rule, policy_penalty_rule_kind, policy_forfeit      writes: reason_penalty_rule (table)
-- why: who is punished often enough, or belongs to an agency that is, would be paid. Penalties count by their Beijing date, with or without a session.
-- reason: <rule id>, or agency:<rule id> where the agency's penalties are counted
WITH anchor_count AS (
  SELECT p.anchor_id, k.rule_id, COUNT(*) AS penalties
  FROM upheld_penalty AS p
  JOIN policy_penalty_rule_kind AS k ON k.kind = p.kind
  JOIN policy_penalty_rule AS r ON r.rule_id = k.rule_id
  WHERE r.counts_of = 'anchor' AND p.anchor_id IS NOT NULL
    AND p.penalized_on BETWEEN r.counted_from AND r.counted_to
  GROUP BY p.anchor_id, k.rule_id
),
agency_count AS (
  SELECT p.agency_id, k.rule_id, COUNT(*) AS penalties
  FROM upheld_penalty AS p
  JOIN policy_penalty_rule_kind AS k ON k.kind = p.kind
  JOIN policy_penalty_rule AS r ON r.rule_id = k.rule_id
  WHERE r.counts_of = 'agency' AND p.agency_id IS NOT NULL
    AND p.penalized_on BETWEEN r.counted_from AND r.counted_to
  GROUP BY p.agency_id, k.rule_id
),
counted AS (
  SELECT c.anchor_id, c.rule_id, c.rule_id AS reason, c.penalties FROM anchor_count AS c
  UNION ALL
  SELECT a.anchor_id, c.rule_id, 'agency:' || c.rule_id AS reason, c.penalties
  FROM agency_count AS c JOIN standing_anchor AS a ON a.agency_id = c.agency_id
)
SELECT
  c.anchor_id,
  c.reason,
  CAST(true AS BOOLEAN) AS disqualifies,
  f.part
FROM counted AS c
JOIN policy_penalty_rule AS r ON r.rule_id = c.rule_id
JOIN policy_forfeit AS f ON f.rule = 'penalty_rule' AND f.rule_id = r.rule_id
JOIN anchor_scope AS s ON s.anchor_id = c.anchor_id
WHERE s.in_scope AND c.penalties >= r.at_least
