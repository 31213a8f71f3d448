-- what: the accounts that stand after supersession      grain: account_id
-- reads: merchant_account_row, active_file      writes: standing_account (table)
-- why: a later-loaded file supersedes an earlier one's row of the same key.
SELECT r.account_id, r.main_account_id, r.region, f.file AS source_file, r.file_no, r.line
FROM merchant_account_row AS r JOIN active_file AS f ON f.file_no = r.file_no
WHERE NOT EXISTS (
  SELECT 1 FROM merchant_account_row AS later JOIN active_file AS g ON g.file_no = later.file_no
  WHERE later.account_id = r.account_id AND later.file_no > r.file_no)
