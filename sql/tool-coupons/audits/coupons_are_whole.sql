-- audit: coupons_are_whole
-- why: a claim or redemption of the period without a verdict, or with two, is one that nobody looked at.
SELECT s.settled, j.judged
FROM (SELECT COUNT(*) AS settled FROM record_row AS r JOIN active_file AS f ON f.file_no = r.file_no WHERE r.became = 'settled' AND f.kind <> 'merchant_accounts') AS s
CROSS JOIN (SELECT (SELECT COUNT(*) FROM judged_claim) + (SELECT COUNT(*) FROM judged_redemption) AS judged) AS j
WHERE s.settled <> j.judged
