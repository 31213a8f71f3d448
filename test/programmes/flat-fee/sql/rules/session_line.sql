-- rule: session_line      clause: F1, F2      grain: session_id
-- reads: period_row, policy_fee      writes: session_line (table)
-- why: a session that was not meant to count, or is too short, is paid no fee.
SELECT r.file_no, r.line, r.session_id, r.anchor_id, r.settlement_date, r.effective_seconds, r.settleable,
  r.settleable AND r.effective_seconds >= p.min_seconds AS valid,
  CAST(CASE WHEN r.settleable AND r.effective_seconds >= p.min_seconds THEN p.per_session ELSE 0 END AS DECIMAL(38, 2)) AS amount
FROM period_row AS r CROSS JOIN policy_fee AS p
