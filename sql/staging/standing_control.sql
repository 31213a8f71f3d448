-- what: the rows of the control desk that stand after supersession      grain: session_id, control_date
-- reads: control_row, active_file      writes: standing_control (table)
-- why: a later-loaded file supersedes an earlier one's row of the same key, of which one of the two is null.
SELECT c.session_id, c.date AS control_date, c.sessions AS control_sessions, c.rec_dwell_minutes AS control_dwell, c.amount AS control_amount,
  f.file AS source_file, c.file_no, c.line
FROM control_row AS c JOIN active_file AS f ON f.file_no = c.file_no
WHERE NOT EXISTS (
  SELECT 1 FROM control_row AS later JOIN active_file AS g ON g.file_no = later.file_no
  WHERE later.session_id IS NOT DISTINCT FROM c.session_id AND later.date IS NOT DISTINCT FROM c.date AND later.file_no > c.file_no)
