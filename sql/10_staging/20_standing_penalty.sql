-- what: the penalty rows that stand after supersession      grain: penalty_id
-- reads: penalty_row, active_file      writes: standing_penalty (table)
-- why: a revocation that comes in a later file takes the place of the penalty (C14).
SELECT penalty_id, anchor_id, agency_id, session_id, kind, penalized_at, status, source_file, file_no, line
FROM (
  SELECT p.*, f.file AS source_file, row_number() OVER (PARTITION BY p.penalty_id ORDER BY p.file_no DESC) AS newest
  FROM penalty_row AS p JOIN active_file AS f ON f.file_no = p.file_no
)
WHERE newest = 1
