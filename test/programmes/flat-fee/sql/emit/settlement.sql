-- settlement.csv      grain: anchor_id
SELECT p.period_from, p.period_to, s.anchor_id, s.agency_id, s.sessions, s.valid_sessions, s.total
FROM anchor_settlement AS s CROSS JOIN policy_run AS p
ORDER BY s.anchor_id
