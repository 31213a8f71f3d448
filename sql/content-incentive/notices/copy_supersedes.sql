-- notice: copy_supersedes      clause: contract      grain: file
-- reads: active_file, superseded_session, anchor_row, penalty_row, scarcity_row, agency_row, control_row      writes: notice_copy_supersedes (table)
-- why: an old copy beside the corrected original takes the place of its rows; so does the same export in another form, saved by hand.
-- What names a copy has is said in sql/dialects/duckdb/likeness.sql. Either of the two may supersede the other: it depends on which was loaded last.
WITH stemmed AS (
  SELECT f.file_no, f.file, f.kind, file_stem(f.file) AS stem FROM active_file AS f
),
pair AS (
  SELECT o.file AS original, c.file AS copy, least(o.file_no, c.file_no) AS earlier, greatest(o.file_no, c.file_no) AS later, c.file_no > o.file_no AS copy_stands
  FROM stemmed AS o
  JOIN (SELECT s.* FROM stemmed AS s WHERE has_copy_mark(s.stem)) AS c
    ON c.kind = o.kind AND starts_with(c.stem, o.stem) AND is_copy_mark(substr(c.stem, length(o.stem) + 1))
  UNION ALL
  SELECT o.file, c.file, o.file_no, c.file_no, true
  FROM stemmed AS o JOIN stemmed AS c ON c.kind = o.kind AND c.stem = o.stem AND c.file_no > o.file_no
),
shared_row AS (
  SELECT p.copy, p.original, p.copy_stands
  FROM superseded_session AS l
  JOIN (SELECT e.session_id, p.* FROM superseded_session AS e JOIN pair AS p ON p.earlier = e.file_no) AS p
    ON p.session_id = l.session_id AND p.later = l.superseded_by
  UNION ALL
  SELECT p.copy, p.original, p.copy_stands
  FROM anchor_row AS l
  JOIN (SELECT e.anchor_id, p.* FROM anchor_row AS e JOIN pair AS p ON p.earlier = e.file_no) AS p
    ON p.anchor_id = l.anchor_id AND p.later = l.file_no
  UNION ALL
  SELECT p.copy, p.original, p.copy_stands
  FROM penalty_row AS l
  JOIN (SELECT e.penalty_id, p.* FROM penalty_row AS e JOIN pair AS p ON p.earlier = e.file_no) AS p
    ON p.penalty_id = l.penalty_id AND p.later = l.file_no
  UNION ALL
  SELECT p.copy, p.original, p.copy_stands
  FROM scarcity_row AS l
  JOIN (SELECT e.track, e.effective_from, p.* FROM scarcity_row AS e JOIN pair AS p ON p.earlier = e.file_no) AS p
    ON p.track = l.track AND p.effective_from = l.effective_from AND p.later = l.file_no
  UNION ALL
  SELECT p.copy, p.original, p.copy_stands
  FROM agency_row AS l
  JOIN (SELECT e.agency_id, p.* FROM agency_row AS e JOIN pair AS p ON p.earlier = e.file_no) AS p
    ON p.agency_id = l.agency_id AND p.later = l.file_no
  UNION ALL
  SELECT p.copy, p.original, p.copy_stands
  FROM control_row AS l
  JOIN (SELECT e.session_id, e.date, p.* FROM control_row AS e JOIN pair AS p ON p.earlier = e.file_no) AS p
    ON p.session_id IS NOT DISTINCT FROM l.session_id AND p.date IS NOT DISTINCT FROM l.date AND p.later = l.file_no
),
counted_pair AS (
  SELECT s.copy, s.original, s.copy_stands, count(*) AS rows, row_number() OVER (PARTITION BY s.copy ORDER BY s.copy_stands DESC, s.original) AS place
  FROM shared_row AS s
  GROUP BY s.copy, s.original, s.copy_stands
)
SELECT 'copy_supersedes' AS code, 'attention' AS severity, c.copy AS file, '' AS subject, CAST(NULL AS BIGINT) AS count, '' AS value,
  shown(c.copy) || ', named like a copy of ' || shown(c.original) || ', ' || CASE WHEN c.copy_stands THEN 'supersedes' ELSE 'is superseded in' END || ' ' || counted(c.rows, 'row')
    || CASE WHEN c.copy_stands THEN ' of it' ELSE ' by it' END || ': if the row that stands is the older one, corrections are lost. To withdraw a file, put one of its name with the header alone in its place and run again.' AS message
FROM counted_pair AS c
WHERE c.place = 1
