-- rule: watch_time      clause: C7, C16      grain: session_id
-- reads: session_priced      writes: session_amount (view)
-- why: rounded anywhere but here, once, an auditor's calculator would not get the figure.
-- Dwell is widened first: the product has up to 23 digits before the point and 11 after. Turnover, fake or not, is no factor (C16).
SELECT
  s.*,
  CAST(CASE WHEN s.valid THEN ROUND(CAST(s.rec_dwell_minutes AS DECIMAL(34, 2)) * s.unit_price * s.scarcity_index, 2) ELSE 0 END AS DECIMAL(38, 2)) AS amount
FROM session_priced AS s
