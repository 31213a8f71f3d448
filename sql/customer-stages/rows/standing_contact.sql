-- what: the contacts that stand after supersession      grain: contact_id
-- reads: customer_contact_row, active_file      writes: standing_contact (table)
-- why: a later-loaded file supersedes an earlier one's row of the same key.
SELECT r.contact_id, r.customer_id, r.channel, r.sent_at, r.delivered, r.replied_at, f.file AS source_file, r.file_no, r.line
FROM customer_contact_row AS r JOIN active_file AS f ON f.file_no = r.file_no
WHERE NOT EXISTS (
  SELECT 1 FROM customer_contact_row AS later JOIN active_file AS g ON g.file_no = later.file_no
  WHERE later.contact_id = r.contact_id AND later.file_no > r.file_no)
