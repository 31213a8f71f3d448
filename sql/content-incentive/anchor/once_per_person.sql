-- rule: once_per_person      clause: C10, P6      grain: anchor_id, part
-- reads: newcomer_bonus, standing_anchor, reason_compliance_code, reason_penalty_rule, reason_expelled, policy_forfeit      writes: reason_once_per_person (table)
-- why: one person with several accounts would be rewarded as a newcomer several times.
-- reason: person_already_rewarded
-- Who forfeits the bonus by C12, C13 or P6 drops out first; then the earliest certified keeps it, then the smallest anchor id.
WITH forfeited AS (
  SELECT anchor_id FROM reason_compliance_code WHERE part = 'newcomer_bonus'
  UNION
  SELECT anchor_id FROM reason_penalty_rule WHERE part = 'newcomer_bonus'
  UNION
  SELECT anchor_id FROM reason_expelled WHERE part = 'newcomer_bonus'
),
ranked AS (
  SELECT
    b.anchor_id,
    ROW_NUMBER() OVER (PARTITION BY a.person_id ORDER BY a.newcomer_certified_on, b.anchor_id) AS place
  FROM newcomer_bonus AS b
  JOIN standing_anchor AS a ON a.anchor_id = b.anchor_id
  WHERE b.amount > 0
    AND a.person_id IS NOT NULL
    AND b.anchor_id NOT IN (SELECT f.anchor_id FROM forfeited AS f)
)
SELECT
  r.anchor_id,
  'person_already_rewarded' AS reason,
  CAST(false AS BOOLEAN) AS disqualifies,
  f.part
FROM ranked AS r
JOIN policy_forfeit AS f ON f.rule = 'once_per_person'
WHERE r.place > 1
