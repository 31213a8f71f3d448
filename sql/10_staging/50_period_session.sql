-- what: of those, the sessions whose anchor is known      grain: session_id
-- reads: period_row, standing_anchor      writes: period_session (view)
-- why: a session of an unknown anchor is quarantined as unknown_anchor until a master row comes.
SELECT r.* FROM period_row AS r JOIN standing_anchor AS a ON a.anchor_id = r.anchor_id
