-- rule: judged_redemption      clause: T2, T3      grain: redemption_id
-- reads: standing_redemption, standing_account, judged_claim, policy_run, policy_coupon      writes: judged_redemption (table)
-- why: a coupon that is used without having been claimed, on another day or twice is a price that nobody is entitled to.
-- reasons, in this order: unknown_account, sub_account, without_claim, another_day, already_redeemed
-- A redemption uses the main account's coupon of the tool that is in force on its day, else the one that was claimed last before it.
WITH redemption AS (
  SELECT r.redemption_id, r.account_id, r.tool, r.redeemed_at, CAST(r.redeemed_at AS DATE) AS redeemed_on,
    COALESCE(a.main_account_id, r.account_id) AS main_account_id,
    a.account_id IS NOT NULL AS known,
    COALESCE(a.main_account_id, r.account_id) <> r.account_id AND NOT c.by_sub_accounts AS by_sub_account
  FROM standing_redemption AS r
  LEFT JOIN standing_account AS a ON a.account_id = r.account_id
  CROSS JOIN policy_run AS p
  CROSS JOIN policy_coupon AS c
  WHERE CAST(r.redeemed_at AS DATE) BETWEEN p.period_from AND p.as_of
),
claimed_before AS (
  SELECT r.redemption_id, g.claim_id, r.redeemed_on < days_after(g.claimed_on, p.valid_days) AS in_force,
    ROW_NUMBER() OVER (PARTITION BY r.redemption_id ORDER BY g.claimed_at DESC, g.claim_id DESC) AS place
  FROM redemption AS r
  JOIN judged_claim AS g ON g.main_account_id = r.main_account_id AND g.tool = r.tool AND g.claimed_at <= r.redeemed_at
  CROSS JOIN policy_coupon AS p
  WHERE g.granted
),
held AS (
  SELECT r.redemption_id, r.account_id, r.main_account_id, r.tool, r.redeemed_at, r.redeemed_on, r.known, r.by_sub_account,
    b.claim_id, COALESCE(b.in_force, true) AS in_force,
    r.known AND NOT r.by_sub_account AND COALESCE(b.in_force, false) AS may_use
  FROM redemption AS r
  LEFT JOIN claimed_before AS b ON b.redemption_id = r.redemption_id AND b.place = 1
),
used AS (
  SELECT h.redemption_id, h.account_id, h.main_account_id, h.tool, h.redeemed_at, h.redeemed_on, h.known, h.by_sub_account, h.claim_id,
    h.in_force, h.may_use,
    h.claim_id IS NOT NULL AND COALESCE(SUM(CASE WHEN h.may_use THEN 1 ELSE 0 END) OVER (
      PARTITION BY h.claim_id ORDER BY h.redeemed_at, h.redemption_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) > 0 AS used_before
  FROM held AS h
)
SELECT u.redemption_id, u.account_id, u.main_account_id, u.tool, u.redeemed_at, u.claim_id,
  u.may_use AND NOT u.used_before AS accepted,
  TRIM(LEADING ';' FROM
    CASE WHEN u.known THEN '' ELSE ';unknown_account' END
      || CASE WHEN u.by_sub_account THEN ';sub_account' ELSE '' END
      || CASE WHEN u.claim_id IS NULL THEN ';without_claim' ELSE '' END
      || CASE WHEN u.in_force THEN '' ELSE ';another_day' END
      || CASE WHEN u.used_before THEN ';already_redeemed' ELSE '' END) AS reasons
FROM used AS u
