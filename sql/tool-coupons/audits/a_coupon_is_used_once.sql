-- audit: a_coupon_is_used_once
-- why: a coupon that two redemptions used is a price given twice.
SELECT r.claim_id, COUNT(*) AS redemptions FROM judged_redemption AS r WHERE r.accepted GROUP BY r.claim_id HAVING COUNT(*) > 1
