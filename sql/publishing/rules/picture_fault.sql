-- rule: picture_fault      clause: V3, V4, V5, V6, V7      grain: picture, fault
-- reads: picture_of_period, policy_publishing, policy_picture_format      writes: picture_fault (table)
-- why: a picture that breaks a rule takes its publication down with it; whoever made it must know every fault at once.
-- Form is asked of every picture, ground, frame, marks and origin of main pictures. Each by the rules in force on its own day (V7).
WITH ruled AS (
  SELECT s.picture, r.rule, r.value
  FROM picture_of_period AS s
  JOIN policy_publishing AS r ON s.published_on >= r.from_date AND s.published_on < r.before_date
),
formed AS (
  SELECT s.picture, COUNT(f.format) AS formats, SUM(CASE WHEN f.format = s.format THEN 1 ELSE 0 END) AS allowed
  FROM picture_of_period AS s
  JOIN policy_picture_format AS f ON s.published_on >= f.from_date AND s.published_on < f.before_date
  GROUP BY s.picture
),
asked AS (
  SELECT a.picture FROM formed AS a
  UNION
  SELECT r.picture FROM ruled AS r WHERE r.rule IN ('max_bytes', 'min_width', 'min_height', 'off_white_of', 'frame_of')
),
main AS (
  SELECT s.picture, s.edge_pixels, s.edge_off_white, s.frame_px, s.frame_most_px, s.inside_pixels, s.inside_other, s.as_meant,
    s.has_text, s.has_watermark, s.generated
  FROM picture_of_period AS s
  WHERE s.picture_use = 'main'
)
SELECT s.picture, 'not_measured' AS fault FROM picture_of_period AS s JOIN asked AS a ON a.picture = s.picture WHERE NOT s.measured
UNION ALL
SELECT s.picture, 'measured_otherwise' FROM picture_of_period AS s JOIN asked AS a ON a.picture = s.picture WHERE NOT s.as_meant
UNION ALL
SELECT s.picture, s.fault FROM picture_of_period AS s JOIN asked AS a ON a.picture = s.picture WHERE s.fault IS NOT NULL
UNION ALL
SELECT s.picture, 'format' FROM picture_of_period AS s JOIN formed AS f ON f.picture = s.picture WHERE s.format IS NOT NULL AND f.allowed = 0
UNION ALL
SELECT s.picture, 'too_heavy' FROM picture_of_period AS s JOIN ruled AS r ON r.picture = s.picture AND r.rule = 'max_bytes' WHERE s.bytes > r.value
UNION ALL
SELECT s.picture, 'too_narrow' FROM picture_of_period AS s JOIN ruled AS r ON r.picture = s.picture AND r.rule = 'min_width' WHERE s.width < r.value
UNION ALL
SELECT s.picture, 'too_low' FROM picture_of_period AS s JOIN ruled AS r ON r.picture = s.picture AND r.rule = 'min_height' WHERE s.height < r.value
UNION ALL
SELECT m.picture, 'ground'
FROM main AS m
JOIN ruled AS l ON l.picture = m.picture AND l.rule = 'off_white_limit'
JOIN ruled AS o ON o.picture = m.picture AND o.rule = 'off_white_of'
WHERE m.as_meant AND m.edge_off_white * o.value > l.value * m.edge_pixels
UNION ALL
SELECT m.picture, 'frame'
FROM main AS m
JOIN ruled AS l ON l.picture = m.picture AND l.rule = 'frame_limit'
JOIN ruled AS o ON o.picture = m.picture AND o.rule = 'frame_of'
WHERE m.as_meant AND m.frame_px > 0 AND m.frame_px <= m.frame_most_px AND m.inside_pixels > 0
  AND m.inside_other * o.value >= l.value * m.inside_pixels
UNION ALL
SELECT m.picture, 'text' FROM main AS m JOIN ruled AS r ON r.picture = m.picture AND r.rule = 'no_text' WHERE r.value = 1 AND m.has_text
UNION ALL
SELECT m.picture, 'watermark' FROM main AS m JOIN ruled AS r ON r.picture = m.picture AND r.rule = 'no_watermark' WHERE r.value = 1 AND m.has_watermark
UNION ALL
SELECT m.picture, 'generated' FROM main AS m JOIN ruled AS r ON r.picture = m.picture AND r.rule = 'not_generated' WHERE r.value = 1 AND m.generated
