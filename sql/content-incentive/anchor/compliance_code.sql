-- rule: compliance_code      clause: C12      grain: anchor_id, part
-- reads: standing_anchor, anchor_scope, policy_compliance_code, policy_forfeit      writes: reason_compliance_code (table)
-- why: an anchor with a red code would be paid.
-- reason: compliance_code:<code>
SELECT
  a.anchor_id,
  'compliance_code:' || a.compliance_code AS reason,
  CAST(true AS BOOLEAN) AS disqualifies,
  f.part
FROM standing_anchor AS a
JOIN anchor_scope AS s ON s.anchor_id = a.anchor_id
JOIN policy_compliance_code AS c ON c.compliance_code = a.compliance_code
JOIN policy_forfeit AS f ON f.rule = 'compliance_code'
WHERE s.in_scope
