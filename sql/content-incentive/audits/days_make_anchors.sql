-- audit: days_make_anchors
-- why: an anchor's watch time must be that of its days, and no day may pay more than its cap or less than nothing.
SELECT anchor_id, SUM(of_days) AS of_days, SUM(of_anchor) AS of_anchor
FROM (
  SELECT anchor_id, watch_time AS of_days, 0 AS of_anchor FROM day_amount
  UNION ALL
  SELECT anchor_id, 0, watch_time FROM anchor_settlement
)
GROUP BY anchor_id
HAVING SUM(of_days) <> SUM(of_anchor)
UNION ALL
SELECT anchor_id, watch_time, cap FROM day_amount
WHERE watch_time > cap OR watch_time < 0 OR withheld < 0 OR watch_time <> gross - withheld
