-- inputs/digital_sessions.csv      grain: session_id      the sessions of the period, as they were read
-- The kinds decide what is allowed, so they stand as they were read, without the mark against formulas.
SELECT s.session_id, s.anchor_id, s.started_at, s.ended_at, s.merchant_id, quoted(s.merchant_kind) AS merchant_kind, quoted(s.live_kind) AS live_kind, s.supplier_id,
  s.room_id, s.avatar_id, s.driver_id, flag_cell(s.human_driven) AS human_driven, flag_cell(s.human_likeness) AS human_likeness, flag_cell(s.generated) AS generated,
  flag_cell(s.generation_filed) AS generation_filed, quoted(s.source_file) AS source_file, s.line AS source_line
FROM digital_session_of_period AS s
ORDER BY s.session_id
