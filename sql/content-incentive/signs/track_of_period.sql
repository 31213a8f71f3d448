-- what: the tracks that sessions of the period have, also those of anchors that nobody knows      grain: track
-- reads: session_figure, session_row, session_fault      writes: track_of_period (table)
-- why: an index serves somebody where a session has its track; one without an index, or with an overdue one, may be meant by another.
SELECT
  t.track,
  CAST(SUM(t.lacking) AS BIGINT) AS lacking
FROM (
  SELECT f.track, CASE WHEN f.valid AND (f.scarcity_index IS NULL OR f.index_overdue) THEN 1 ELSE 0 END AS lacking
  FROM session_figure AS f
  UNION ALL
  SELECT s.track, 0
  FROM session_row AS s
  JOIN session_fault AS x ON x.file_no = s.file_no AND x.line = s.line AND x.code = 'unknown_anchor'
) AS t
GROUP BY t.track
