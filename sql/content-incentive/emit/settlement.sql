-- settlement.csv      grain: anchor_id
SELECT p.period_from, p.period_to, s.anchor_id, text_cell(s.nickname) AS nickname, s.agency_id, s.status, s.valid_sessions,
  s.valid_seconds, s.valid_days, s.watch_time_gross, s.cap_withheld, s.watch_time, s.attendance_bonus, s.newcomer_bonus,
  s.forfeited, s.total, s.reasons
FROM anchor_settlement AS s CROSS JOIN policy_run AS p
ORDER BY s.anchor_id
