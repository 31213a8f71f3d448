-- what: the claims that stand after supersession      grain: claim_id
-- reads: coupon_claim_row, active_file      writes: standing_claim (table)
-- why: a later-loaded file supersedes an earlier one's row of the same key.
SELECT r.claim_id, r.account_id, r.tool, r.claimed_at, f.file AS source_file, r.file_no, r.line
FROM coupon_claim_row AS r JOIN active_file AS f ON f.file_no = r.file_no
WHERE NOT EXISTS (
  SELECT 1 FROM coupon_claim_row AS later JOIN active_file AS g ON g.file_no = later.file_no
  WHERE later.claim_id = r.claim_id AND later.file_no > r.file_no)
