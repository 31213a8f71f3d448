-- what: every reason that stands against an anchor, and the parts that it takes      grain: anchor_id, reason
-- reads: reason_compliance_code, reason_penalty_rule, reason_low_level_share, reason_once_per_person      writes: anchor_reason (view)
-- why: a rule's reason stands even where there was nothing to take.
SELECT anchor_id, reason, disqualifies, takes_watch_time, takes_attendance_bonus, takes_newcomer_bonus FROM reason_compliance_code
UNION ALL
SELECT anchor_id, reason, disqualifies, takes_watch_time, takes_attendance_bonus, takes_newcomer_bonus FROM reason_penalty_rule
UNION ALL
SELECT anchor_id, reason, disqualifies, takes_watch_time, takes_attendance_bonus, takes_newcomer_bonus FROM reason_low_level_share
UNION ALL
SELECT anchor_id, reason, disqualifies, takes_watch_time, takes_attendance_bonus, takes_newcomer_bonus FROM reason_once_per_person
