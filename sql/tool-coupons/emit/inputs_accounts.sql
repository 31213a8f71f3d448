-- inputs/merchant_accounts.csv      grain: account_id      the accounts that claims and redemptions of the period ask for, and their main accounts
-- The region decides who may claim, so it stands as it was read, without the mark against formulas.
SELECT a.account_id, a.main_account_id, quoted(a.region) AS region, quoted(a.source_file) AS source_file, a.line AS source_line
FROM standing_account AS a
WHERE a.account_id IN (
  SELECT c.account_id FROM judged_claim AS c UNION SELECT c.main_account_id FROM judged_claim AS c
  UNION SELECT r.account_id FROM judged_redemption AS r UNION SELECT r.main_account_id FROM judged_redemption AS r)
ORDER BY a.account_id
