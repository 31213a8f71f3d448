-- inputs/coupon_claims.csv      grain: claim_id      the claims of the period, as they were read
-- The tool decides which claims are of one coupon, so it stands as it was read, without the mark against formulas.
SELECT c.claim_id, c.account_id, quoted(c.tool) AS tool, c.claimed_at, quoted(c.source_file) AS source_file, c.line AS source_line
FROM standing_claim AS c JOIN judged_claim AS j ON j.claim_id = c.claim_id
ORDER BY c.claim_id
