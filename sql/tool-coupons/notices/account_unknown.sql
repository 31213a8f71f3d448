-- notice: account_unknown      clause: T3      grain: subject
-- reads: judged_claim, judged_redemption      writes: notice_account_unknown (table)
-- why: an account that no export has gets nothing, though it may be a merchant's whose row is missing.
WITH event AS (
  SELECT c.account_id FROM judged_claim AS c WHERE c.reasons LIKE 'unknown_account%'
  UNION ALL
  SELECT r.account_id FROM judged_redemption AS r WHERE r.reasons LIKE 'unknown_account%'
)
SELECT 'account_unknown' AS code, 'attention' AS severity, '' AS file, e.account_id AS subject, COUNT(*) AS count, '' AS value,
  'account ' || e.account_id || ' claims or uses coupons (' || counted(COUNT(*), 'row') || '), and no export of accounts has it: nothing is granted to it. Export its row, and run again.' AS message
FROM event AS e
GROUP BY e.account_id
