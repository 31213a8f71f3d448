-- what: what makes up an anchor's total      grain: anchor_id, settlement_date, part
-- reads: session_line      writes: part_amount (view)
-- why: closed figures are adjusted day by day.
SELECT s.anchor_id, s.settlement_date, CAST('fee' AS VARCHAR) AS part, CAST(SUM(s.amount) AS DECIMAL(38, 2)) AS amount
FROM session_line AS s
GROUP BY s.anchor_id, s.settlement_date
HAVING SUM(s.amount) <> 0
