-- rule: fed_span      clause: P6      grain: anchor_id, from_time, cause, clause
-- reads: measure      writes: fed_span (table)
-- why: what others pay by must not freeze twice what is frozen once.
-- Of what begins with one second by one clause the longest stands.
SELECT s.anchor_id, s.from_time, CASE WHEN s.endless = 1 THEN NULL ELSE s.last_time END AS to_time, s.cause, s.clause
FROM (
  SELECT m.anchor_id, m.from_time, CASE WHEN m.measure = 'expel' THEN 'expelled' ELSE 'frozen' END AS cause, m.clause,
    MAX(CASE WHEN m.to_time IS NULL THEN 1 ELSE 0 END) AS endless, MAX(m.to_time) AS last_time
  FROM measure AS m
  GROUP BY m.anchor_id, m.from_time, CASE WHEN m.measure = 'expel' THEN 'expelled' ELSE 'frozen' END, m.clause
) AS s
