-- what: what became of every sound row of publications, pictures and measurements      grain: file_no, line
-- reads: publication_row, picture_row, picture_measure_row, active_file, standing_publication, standing_picture, standing_measure, policy_run      writes: record_row (table)
-- why: a row that stands nowhere is one that nobody judged.
WITH sound AS (
  SELECT r.file_no, r.line FROM publication_row AS r
  UNION ALL
  SELECT r.file_no, r.line FROM picture_row AS r
  UNION ALL
  SELECT r.file_no, r.line FROM picture_measure_row AS r
),
stands AS (
  SELECT m.file_no, m.line, true AS inside FROM standing_measure AS m
  UNION ALL
  SELECT s.file_no, s.line, CAST(s.published_at AS DATE) BETWEEN p.period_from AND p.as_of FROM standing_publication AS s CROSS JOIN policy_run AS p
  UNION ALL
  SELECT s.file_no, s.line, CAST(s.published_at AS DATE) BETWEEN p.period_from AND p.as_of FROM standing_picture AS s CROSS JOIN policy_run AS p
)
SELECT s.file_no, s.line, CASE WHEN t.inside IS NULL THEN 'superseded' WHEN t.inside THEN 'settled' ELSE 'outside_period' END AS became
FROM sound AS s
JOIN active_file AS f ON f.file_no = s.file_no
LEFT JOIN stands AS t ON t.file_no = s.file_no AND t.line = s.line
