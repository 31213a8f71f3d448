-- what: the redemptions that stand after supersession      grain: redemption_id
-- reads: coupon_redemption_row, active_file      writes: standing_redemption (table)
-- why: a later-loaded file supersedes an earlier one's row of the same key.
SELECT r.redemption_id, r.account_id, r.tool, r.redeemed_at, f.file AS source_file, r.file_no, r.line
FROM coupon_redemption_row AS r JOIN active_file AS f ON f.file_no = r.file_no
WHERE NOT EXISTS (
  SELECT 1 FROM coupon_redemption_row AS later JOIN active_file AS g ON g.file_no = later.file_no
  WHERE later.redemption_id = r.redemption_id AND later.file_no > r.file_no)
