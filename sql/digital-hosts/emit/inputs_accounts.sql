-- inputs/live_accounts.csv      grain: anchor_id      the accounts of merchants with a session in the period
SELECT c.anchor_id, c.merchant_id, quoted(c.source_file) AS source_file, c.line AS source_line
FROM standing_live_account AS c
WHERE c.merchant_id IN (SELECT s.merchant_id FROM digital_session_of_period AS s)
ORDER BY c.anchor_id
