-- fees.csv      grain: session_id
SELECT s.anchor_id, s.settlement_date AS date, s.session_id, s.effective_seconds, flag_cell(s.settleable) AS settleable, flag_cell(s.valid) AS valid, s.amount AS fee
FROM session_line AS s
ORDER BY s.anchor_id, s.settlement_date, s.session_id
