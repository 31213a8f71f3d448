-- what: every reason that stands against an anchor      grain: anchor_id, reason
-- reads: forfeit      writes: anchor_reason (view)
-- why: a rule's reason stands even where there was nothing to take.
SELECT DISTINCT f.anchor_id, f.reason, f.disqualifies
FROM forfeit AS f
