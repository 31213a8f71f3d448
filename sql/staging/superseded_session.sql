-- what: session rows whose key a later-loaded file has again, each with the row that takes its place      grain: file_no, line
-- reads: session_row, active_file      writes: superseded_session (table)
-- why: without it a corrected session would be paid twice.
-- Few keys are repeated, so they are found by a hash of 8 bytes first and looked at exactly after.
SELECT file_no, line, session_id, anchor_id, ended_at, superseded_by, superseding_anchor_id, superseding_ended_at
FROM (
  SELECT s.file_no, s.line, s.session_id, s.anchor_id, s.ended_at,
    lag(s.file_no) OVER later AS superseded_by, lag(s.anchor_id) OVER later AS superseding_anchor_id, lag(s.ended_at) OVER later AS superseding_ended_at
  FROM session_row AS s JOIN active_file AS f ON f.file_no = s.file_no
  WHERE key_hash(s.session_id) IN (
    SELECT h FROM (SELECT key_hash(r.session_id) AS h FROM session_row AS r JOIN active_file AS a ON a.file_no = r.file_no)
    GROUP BY h HAVING count(*) > 1)
  WINDOW later AS (PARTITION BY s.session_id ORDER BY s.file_no DESC)
)
WHERE superseded_by IS NOT NULL
