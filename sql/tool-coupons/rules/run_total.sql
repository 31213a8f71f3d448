-- what: what the run counts      grain: one row
-- reads: judged_claim, judged_redemption      writes: run_total (table)
-- why: whoever gives out coupons compares these with what was given out.
SELECT
  (SELECT COUNT(*) FROM judged_claim) AS claims,
  (SELECT COUNT(*) FROM judged_claim AS c WHERE c.granted) AS coupons,
  (SELECT COUNT(*) FROM judged_redemption) AS redemptions,
  (SELECT COUNT(*) FROM judged_redemption AS r WHERE r.accepted) AS redeemed
