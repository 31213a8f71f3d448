-- audit: a_violation_is_judged_once
-- why: a violation of the period that nobody judged freezes nobody, and one that is judged twice counts twice.
SELECT s.settled, j.judged, j.different
FROM (SELECT COUNT(*) AS settled FROM record_row AS r JOIN active_file AS f ON f.file_no = r.file_no WHERE r.became = 'settled' AND f.kind = 'violations') AS s
CROSS JOIN (SELECT COUNT(*) AS judged, COUNT(DISTINCT v.violation_id) AS different FROM judged_violation AS v) AS j
WHERE s.settled <> j.judged OR j.judged <> j.different
