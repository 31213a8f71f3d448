-- audit: one_row_an_anchor
-- why: an anchor of two rows would be paid twice; a reason that stands twice would be counted twice.
SELECT anchor_id, '' AS reason, COUNT(*) AS rows FROM anchor_settlement GROUP BY anchor_id HAVING COUNT(*) > 1
UNION ALL
SELECT anchor_id, reason, COUNT(*) FROM anchor_reason GROUP BY anchor_id, reason HAVING COUNT(*) > 1
