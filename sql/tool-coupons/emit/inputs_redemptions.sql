-- inputs/coupon_redemptions.csv      grain: redemption_id      the redemptions of the period, as they were read
-- The tool decides which claims are of one coupon, so it stands as it was read, without the mark against formulas.
SELECT r.redemption_id, r.account_id, quoted(r.tool) AS tool, r.redeemed_at, quoted(r.source_file) AS source_file, r.line AS source_line
FROM standing_redemption AS r JOIN judged_redemption AS j ON j.redemption_id = r.redemption_id
ORDER BY r.redemption_id
