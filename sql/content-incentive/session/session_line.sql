-- what: the sessions that are settled      grain: session_id
-- reads: session_figure      writes: session_line (view)
-- why: an otherwise valid session without a price or an index is quarantined; nothing of it may count anywhere.
SELECT f.*
FROM session_figure AS f
WHERE NOT f.valid OR (f.unit_price IS NOT NULL AND f.scarcity_index IS NOT NULL)
