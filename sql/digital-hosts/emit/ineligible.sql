-- ineligible.csv      grain: anchor_id, from, cause, clause      what programmes that pay are fed with
SELECT s.anchor_id, s.from_time AS "from", s.to_time AS "to", s.cause, s.clause
FROM fed_span AS s
ORDER BY s.anchor_id, s.from_time, s.cause, s.clause
