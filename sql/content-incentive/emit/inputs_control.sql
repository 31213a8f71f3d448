-- inputs/control.csv      grain: session_id, date      what the control desk counted of this period
SELECT c.session_id, c.control_date AS date, c.control_sessions AS sessions, c.control_dwell AS rec_dwell_minutes, c.control_amount AS amount,
  quoted(c.source_file) AS source_file, c.line AS source_line
FROM control_of_period AS c
ORDER BY coalesce(c.session_id, ''), c.control_date
