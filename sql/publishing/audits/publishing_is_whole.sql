-- audit: publishing_is_whole
-- why: what was published in the period and stands in no list is what nobody looked at.
SELECT s.settled, j.judged
FROM (SELECT COUNT(*) AS settled FROM record_row AS r JOIN active_file AS f ON f.file_no = r.file_no WHERE r.became = 'settled' AND f.kind <> 'picture_measures') AS s
CROSS JOIN (SELECT (SELECT COUNT(*) FROM publication_of_period) + (SELECT COUNT(*) FROM picture_of_period) AS judged) AS j
WHERE s.settled <> j.judged
