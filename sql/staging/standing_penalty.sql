-- what: the penalty rows that stand after supersession      grain: penalty_id
-- reads: penalty_row, active_file      writes: standing_penalty (table)
-- why: a revocation that comes in a later file takes the place of the penalty (C14).
SELECT p.penalty_id, p.anchor_id, p.agency_id, p.session_id, p.kind, p.penalized_at, p.status, f.file AS source_file, p.file_no, p.line
FROM penalty_row AS p JOIN active_file AS f ON f.file_no = p.file_no
WHERE NOT EXISTS (
  SELECT 1 FROM penalty_row AS later JOIN active_file AS g ON g.file_no = later.file_no
  WHERE later.penalty_id = p.penalty_id AND later.file_no > p.file_no)
