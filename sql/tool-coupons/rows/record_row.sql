-- what: what became of every sound row of accounts, claims and redemptions      grain: file_no, line
-- reads: merchant_account_row, coupon_claim_row, coupon_redemption_row, active_file, standing_account, standing_claim, standing_redemption, policy_run      writes: record_row (table)
-- why: a row that stands nowhere is one that nobody judged.
WITH sound AS (
  SELECT r.file_no, r.line FROM merchant_account_row AS r
  UNION ALL
  SELECT r.file_no, r.line FROM coupon_claim_row AS r
  UNION ALL
  SELECT r.file_no, r.line FROM coupon_redemption_row AS r
),
stands AS (
  SELECT a.file_no, a.line, true AS inside FROM standing_account AS a
  UNION ALL
  SELECT c.file_no, c.line, CAST(c.claimed_at AS DATE) BETWEEN p.period_from AND p.as_of FROM standing_claim AS c CROSS JOIN policy_run AS p
  UNION ALL
  SELECT r.file_no, r.line, CAST(r.redeemed_at AS DATE) BETWEEN p.period_from AND p.as_of FROM standing_redemption AS r CROSS JOIN policy_run AS p
)
SELECT s.file_no, s.line, CASE WHEN t.inside IS NULL THEN 'superseded' WHEN t.inside THEN 'settled' ELSE 'outside_period' END AS became
FROM sound AS s
JOIN active_file AS f ON f.file_no = s.file_no
LEFT JOIN stands AS t ON t.file_no = s.file_no AND t.line = s.line
