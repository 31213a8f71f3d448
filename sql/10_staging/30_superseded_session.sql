-- what: session rows whose key a later-loaded file has again      grain: file_no, line
-- reads: session_row, active_file      writes: superseded_session (table)
-- why: without it a corrected session would be paid twice.
-- Few keys are repeated, so they are found by a hash of 8 bytes first and looked at exactly after.
SELECT file_no, line, session_id, ended_at
FROM (
  SELECT s.file_no, s.line, s.session_id, s.ended_at, row_number() OVER (PARTITION BY s.session_id ORDER BY s.file_no DESC) AS newest
  FROM session_row AS s JOIN active_file AS f ON f.file_no = s.file_no
  WHERE hash(s.session_id) IN (
    SELECT h FROM (SELECT hash(r.session_id) AS h FROM session_row AS r JOIN active_file AS a ON a.file_no = r.file_no)
    GROUP BY h HAVING count(*) > 1)
)
WHERE newest > 1
