-- rule: watch_time      clause: C7, C16      grain: session_id
-- reads: session_priced      writes: session_amount (view)
-- why: rounded anywhere but here, once, an auditor's calculator would not get the figure.
-- Recommended dwell minutes x unit price x scarcity index, half up to 0.01 CNY (watch_time_fen of sql/dialects). Turnover, fake or not, is no factor (C16).
SELECT
  s.*,
  CAST(CASE WHEN s.valid THEN watch_time_fen(s.rec_dwell_minutes, s.unit_price, s.scarcity_index) ELSE 0 END AS DECIMAL(38, 2)) AS amount
FROM session_priced AS s
