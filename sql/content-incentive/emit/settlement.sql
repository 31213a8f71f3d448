-- settlement.csv      grain: anchor_id      what is earned has a column a part, in the order in which the programme declares them
SELECT p.period_from, p.period_to, s.anchor_id, text_cell(s.nickname) AS nickname, s.agency_id, s.status, s.valid_sessions,
  s.valid_seconds, s.valid_days, s.watch_time_gross, s.cap_withheld, unnest(e.parts), s.forfeited, s.total, s.reasons
FROM anchor_settlement AS s
JOIN (SELECT anchor_id, part_columns(part, earned) AS parts FROM anchor_part GROUP BY anchor_id) AS e ON e.anchor_id = s.anchor_id
CROSS JOIN policy_run AS p
ORDER BY s.anchor_id
