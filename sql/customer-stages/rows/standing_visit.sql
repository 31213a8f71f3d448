-- what: the visits that stand after supersession      grain: visit_id
-- reads: customer_visit_row, active_file      writes: standing_visit (table)
-- why: a later-loaded file supersedes an earlier one's row of the same key.
SELECT r.visit_id, r.customer_id, r.kind, r.happened_at, f.file AS source_file, r.file_no, r.line
FROM customer_visit_row AS r JOIN active_file AS f ON f.file_no = r.file_no
WHERE NOT EXISTS (
  SELECT 1 FROM customer_visit_row AS later JOIN active_file AS g ON g.file_no = later.file_no
  WHERE later.visit_id = r.visit_id AND later.file_no > r.file_no)
