-- what: what makes up an anchor's total, part by part      grain: anchor_id, settlement_date, part
-- reads: day_amount, anchor_part, anchor_settlement      writes: part_amount (view)
-- why: closed figures are adjusted part by part; these add up to the total, so what is forfeited is negative. A part of the month has no date.
SELECT d.anchor_id, d.settlement_date, 'watch_time' AS part, d.watch_time AS amount
FROM day_amount AS d
WHERE d.watch_time <> 0
UNION ALL
SELECT p.anchor_id, CAST(NULL AS DATE), p.part, p.earned
FROM anchor_part AS p
WHERE p.part <> 'watch_time' AND p.earned <> 0
UNION ALL
SELECT s.anchor_id, CAST(NULL AS DATE), 'forfeited', CAST(-s.forfeited AS DECIMAL(38, 2))
FROM anchor_settlement AS s
WHERE s.forfeited <> 0
