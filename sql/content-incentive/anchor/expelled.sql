-- rule: expelled      clause: P6      grain: anchor_id, part
-- reads: standing_ineligible, anchor_scope, policy_run, policy_forfeit      writes: reason_expelled (table)
-- why: where the policy says so, who is expelled loses parts of the whole period, what was earned before too.
-- reason: expelled
SELECT DISTINCT
  i.anchor_id,
  'expelled' AS reason,
  CAST(true AS BOOLEAN) AS disqualifies,
  f.part
FROM standing_ineligible AS i
JOIN anchor_scope AS s ON s.anchor_id = i.anchor_id
CROSS JOIN policy_run AS p
JOIN policy_forfeit AS f ON f.rule = 'expelled'
WHERE s.in_scope AND i.cause = 'expelled'
  AND CAST(i.from_time AS DATE) <= p.as_of
  AND (i.to_time IS NULL OR CAST(i.to_time AS DATE) >= p.period_from)
