-- what: the anchors whose fees anything but the policy can have changed      grain: anchor_id
-- reads: leaving_session, entering_session      writes: affected_anchor (table)
-- why: only these are settled again; a fee depends on its own session.
SELECT anchor_id FROM leaving_session
UNION
SELECT anchor_id FROM entering_session
