-- what: the parts that each reason against an anchor takes      grain: anchor_id, reason, part
-- reads: reason_compliance_code, reason_penalty_rule, reason_low_level_share, reason_once_per_person, reason_expelled      writes: forfeit (view)
-- why: what any reason takes is forfeited once, however many take it.
SELECT anchor_id, reason, disqualifies, part FROM reason_compliance_code
UNION ALL
SELECT anchor_id, reason, disqualifies, part FROM reason_penalty_rule
UNION ALL
SELECT anchor_id, reason, disqualifies, part FROM reason_low_level_share
UNION ALL
SELECT anchor_id, reason, disqualifies, part FROM reason_once_per_person
UNION ALL
SELECT anchor_id, reason, disqualifies, part FROM reason_expelled
