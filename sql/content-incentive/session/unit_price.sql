-- rule: unit_price      clause: C7, C15      grain: session_id
-- reads: session_indexed, policy_rate      writes: session_priced (view)
-- why: the export's own price wins (the control desk's figure is final); a rate serves exactly its own level.
SELECT
  s.*,
  CAST(COALESCE(s.own_unit_price, r.unit_price) AS DECIMAL(12, 6)) AS unit_price
FROM session_indexed AS s
LEFT JOIN policy_rate AS r ON r.quality_level = s.quality_level AND r.settlement_date = s.settlement_date
