-- what: what became of every sound row of violations      grain: file_no, line
-- reads: violation_row, viewer_violation_row, active_file, standing_violation, standing_viewer_violation, policy_run      writes: record_row (table)
-- why: a row that stands nowhere is one that nobody judged. What lies before the period is outside, though its points count on.
WITH sound AS (
  SELECT r.file_no, r.line FROM violation_row AS r
  UNION ALL
  SELECT r.file_no, r.line FROM viewer_violation_row AS r
),
stands AS (
  SELECT v.file_no, v.line, v.violated_at FROM standing_violation AS v
  UNION ALL
  SELECT v.file_no, v.line, v.violated_at FROM standing_viewer_violation AS v
)
SELECT s.file_no, s.line,
  CASE WHEN t.violated_at IS NULL THEN 'superseded'
    WHEN CAST(t.violated_at AS DATE) BETWEEN p.period_from AND p.as_of THEN 'settled' ELSE 'outside_period' END AS became
FROM sound AS s
JOIN active_file AS f ON f.file_no = s.file_no
CROSS JOIN policy_run AS p
LEFT JOIN stands AS t ON t.file_no = s.file_no AND t.line = s.line
