-- coupons.csv      grain: event, event_id      every claim and redemption of the period, and why not, where it doesn't stand
SELECT e.event, e.event_id, e.account_id, e.main_account_id, text_cell(e.tool) AS tool, e.happened_at, e.coupon_id, flag_cell(e.stands) AS stands, e.reasons
FROM (
  SELECT 'claim' AS event, c.claim_id AS event_id, c.account_id, c.main_account_id, c.tool, c.claimed_at AS happened_at,
    CASE WHEN c.granted THEN c.claim_id END AS coupon_id, c.granted AS stands, c.reasons
  FROM judged_claim AS c
  UNION ALL
  SELECT 'redemption', r.redemption_id, r.account_id, r.main_account_id, r.tool, r.redeemed_at, r.claim_id, r.accepted, r.reasons
  FROM judged_redemption AS r
) AS e
ORDER BY e.event, e.event_id
