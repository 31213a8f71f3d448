-- audit: one_row_an_anchor
-- why: an anchor of two rows would be paid twice, and so would a part; a reason that takes a part twice would be counted twice.
SELECT anchor_id, '' AS reason, '' AS part, COUNT(*) AS rows FROM anchor_settlement GROUP BY anchor_id HAVING COUNT(*) > 1
UNION ALL
SELECT anchor_id, '', part, COUNT(*) FROM anchor_part GROUP BY anchor_id, part HAVING COUNT(*) > 1
UNION ALL
SELECT anchor_id, reason, part, COUNT(*) FROM forfeit GROUP BY anchor_id, reason, part HAVING COUNT(*) > 1
