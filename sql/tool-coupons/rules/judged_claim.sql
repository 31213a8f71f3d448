-- rule: judged_claim      clause: T1, T3      grain: claim_id
-- reads: standing_claim, standing_account, policy_run, policy_coupon, policy_coupon_region      writes: judged_claim (table)
-- why: a merchant with several accounts, or one who asks twice, would get a tool's coupon more than once.
-- reasons, in this order: unknown_account, other_region, sub_account, second_claim
-- A claim that is refused for its account uses up nothing. Claims of one second stand in the order of their ids.
WITH claim AS (
  SELECT c.claim_id, c.account_id, c.tool, c.claimed_at, CAST(c.claimed_at AS DATE) AS claimed_on,
    COALESCE(a.main_account_id, c.account_id) AS main_account_id,
    a.account_id IS NOT NULL AS known,
    COALESCE(a.main_account_id, c.account_id) <> c.account_id AS by_sub_account
  FROM standing_claim AS c
  LEFT JOIN standing_account AS a ON a.account_id = c.account_id
),
placed AS (
  SELECT c.claim_id, c.account_id, c.tool, c.claimed_at, c.claimed_on, c.main_account_id, c.known, c.by_sub_account,
    NOT c.known OR COALESCE(m.region, own.region) IN (SELECT r.region FROM policy_coupon_region AS r) AS at_home
  FROM claim AS c
  LEFT JOIN standing_account AS m ON m.account_id = c.main_account_id
  LEFT JOIN standing_account AS own ON own.account_id = c.account_id
  CROSS JOIN policy_run AS p
  WHERE c.claimed_on BETWEEN p.period_from AND p.as_of
),
counted AS (
  SELECT c.claim_id, c.account_id, c.tool, c.claimed_at, c.claimed_on, c.main_account_id, c.known, c.by_sub_account, c.at_home,
    COALESCE(SUM(CASE WHEN c.known AND c.at_home AND NOT c.by_sub_account THEN 1 ELSE 0 END) OVER (
      PARTITION BY c.main_account_id, c.tool ORDER BY c.claimed_at, c.claim_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) >= p.most AS used_up
  FROM placed AS c
  CROSS JOIN policy_coupon AS p
)
SELECT c.claim_id, c.account_id, c.main_account_id, c.tool, c.claimed_at, c.claimed_on,
  c.known AND c.at_home AND NOT c.by_sub_account AND NOT c.used_up AS granted,
  TRIM(LEADING ';' FROM
    CASE WHEN c.known THEN '' ELSE ';unknown_account' END
      || CASE WHEN c.at_home THEN '' ELSE ';other_region' END
      || CASE WHEN c.by_sub_account THEN ';sub_account' ELSE '' END
      || CASE WHEN c.used_up THEN ';second_claim' ELSE '' END) AS reasons
FROM counted AS c
