-- what: the customers that stand after supersession      grain: customer_id
-- reads: customer_row, active_file      writes: standing_customer (table)
-- why: a later-loaded file supersedes an earlier one's row of the same key.
SELECT r.customer_id, r.filed, r.follower, r.binned, r.l1_plus, r.active_at, f.file AS source_file, r.file_no, r.line
FROM customer_row AS r JOIN active_file AS f ON f.file_no = r.file_no
WHERE NOT EXISTS (
  SELECT 1 FROM customer_row AS later JOIN active_file AS g ON g.file_no = later.file_no
  WHERE later.customer_id = r.customer_id AND later.file_no > r.file_no)
