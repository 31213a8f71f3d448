-- what: the violations of viewers that stand after supersession      grain: violation_id
-- reads: viewer_violation_row, active_file      writes: standing_viewer_violation (table)
-- why: a revocation that comes in a later file takes the place of the violation (P5).
SELECT r.violation_id, r.viewer_id, r.violated_at, r.severe, r.status, f.file AS source_file, r.file_no, r.line
FROM viewer_violation_row AS r JOIN active_file AS f ON f.file_no = r.file_no
WHERE NOT EXISTS (
  SELECT 1 FROM viewer_violation_row AS later JOIN active_file AS g ON g.file_no = later.file_no
  WHERE later.violation_id = r.violation_id AND later.file_no > r.file_no)
