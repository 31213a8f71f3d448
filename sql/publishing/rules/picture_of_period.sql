-- what: the pictures that were published in the period up to the evaluation date, with what was measured of them      grain: picture
-- reads: standing_picture, standing_measure, policy_run, policy_measure      writes: picture_of_period (table)
-- why: a picture is judged by its own pixels, and only by a measurement of the policy's terms.
SELECT s.picture, s.publication_id, s.picture_use, s.published_at, CAST(s.published_at AS DATE) AS published_on, s.has_text, s.has_watermark, s.generated,
  m.picture IS NOT NULL AS measured,
  COALESCE(m.tolerance = t.tolerance AND m.edge_px = t.edge_px AND m.frame_most_px = t.frame_px, true) AS as_meant,
  m.fault, m.bytes, m.format, m.width, m.height, m.edge_pixels, m.edge_off_white, m.frame_px, m.frame_most_px, m.inside_pixels, m.inside_other
FROM standing_picture AS s
CROSS JOIN policy_run AS p
CROSS JOIN policy_measure AS t
LEFT JOIN standing_measure AS m ON m.picture = s.picture
WHERE CAST(s.published_at AS DATE) BETWEEN p.period_from AND p.as_of
