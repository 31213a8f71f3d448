-- sessions.csv      grain: session_id
-- lines sorted by: anchor_id, settlement_date, session_id
SELECT session_id, anchor_id, settlement_date, started_at, ended_at, duration_seconds, effective_seconds,
  flag_cell(settleable) AS settleable, flag_cell(suspended) AS suspended, flag_cell(opted_out) AS opted_out, replay_deleted_at,
  quality_level, text_cell(track) AS track, rec_dwell_minutes, unit_price, scarcity_index, flag_cell(valid) AS valid, reasons, money_cell(amount) AS amount
FROM session_line
