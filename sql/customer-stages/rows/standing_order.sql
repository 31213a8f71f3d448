-- what: the orders that stand after supersession      grain: order_id
-- reads: customer_order_row, active_file      writes: standing_order (table)
-- why: a later-loaded file supersedes an earlier one's row of the same key.
SELECT r.order_id, r.customer_id, r.ordered_at, f.file AS source_file, r.file_no, r.line
FROM customer_order_row AS r JOIN active_file AS f ON f.file_no = r.file_no
WHERE NOT EXISTS (
  SELECT 1 FROM customer_order_row AS later JOIN active_file AS g ON g.file_no = later.file_no
  WHERE later.order_id = r.order_id AND later.file_no > r.file_no)
