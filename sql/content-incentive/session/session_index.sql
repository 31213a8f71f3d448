-- rule: session_index      clause: C6, C15      grain: session_id
-- reads: session_validity, scarcity_in_force      writes: session_indexed (view)
-- why: the export's own index wins; without the table's, sessions that carry none couldn't be settled.
SELECT
  s.*,
  CAST(COALESCE(s.own_scarcity_index, t.scarcity_index) AS DECIMAL(7, 3)) AS scarcity_index,
  CAST(s.own_scarcity_index IS NULL AND COALESCE(t.overdue, false) AS BOOLEAN) AS index_overdue
FROM session_validity AS s
LEFT JOIN scarcity_in_force AS t ON t.track = s.track AND t.settlement_date = s.settlement_date
