-- audit: a_session_is_judged_once
-- why: a session of the period that nobody judged is paid for, and one that is judged twice freezes twice.
SELECT s.settled, j.judged, j.different
FROM (SELECT COUNT(*) AS settled FROM record_row AS r JOIN active_file AS f ON f.file_no = r.file_no WHERE r.became = 'settled' AND f.kind = 'digital_sessions') AS s
CROSS JOIN (SELECT COUNT(*) AS judged, COUNT(DISTINCT d.session_id) AS different FROM digital_session_of_period AS d) AS j
WHERE s.settled <> j.judged OR j.judged <> j.different
