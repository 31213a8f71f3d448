-- what: the accounts of merchants that stand after supersession      grain: anchor_id
-- reads: live_account_row, active_file      writes: standing_live_account (table)
-- why: a later-loaded file supersedes an earlier one's row of the same key.
SELECT r.anchor_id, r.merchant_id, f.file AS source_file, r.file_no, r.line
FROM live_account_row AS r JOIN active_file AS f ON f.file_no = r.file_no
WHERE NOT EXISTS (
  SELECT 1 FROM live_account_row AS later JOIN active_file AS g ON g.file_no = later.file_no
  WHERE later.anchor_id = r.anchor_id AND later.file_no > r.file_no)
