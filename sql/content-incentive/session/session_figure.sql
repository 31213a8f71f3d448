-- what: every session of the period with all its figures      grain: session_id
-- reads: session_counted      writes: session_figure (table)
-- why: the rules for sessions are a chain that is computed here, once. What only the chain itself looks at is not kept.
SELECT s.* EXCLUDE (in_scope, long_enough, punishments, replay_deleted, own_unit_price, own_scarcity_index)
FROM session_counted AS s
