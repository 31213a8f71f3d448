-- what: anchors with valid sessions that begin before an earlier one has ended, and the first two of these      grain: anchor_id
-- reads: suspect_start, session_line      writes: overlap (table)
-- why: one broadcast under several ids is paid as often as it has ids.
-- Ids are looked at where sessions overlap first, or begin at once. Only where one of no length is valid does it matter which of two
-- that begin at once comes first: then all of the anchor's are looked at. Two whose times are the same are named before any others.
WITH counted_anchor AS (
  SELECT s.anchor_id, SUM(s.overlapping) AS sessions, MIN(s.started_at) AS first_start, MIN(s.started_before) AS start_before
  FROM suspect_start AS s
  WHERE s.overlapping > 0
  GROUP BY s.anchor_id
),
momentary AS (
  SELECT DISTINCT s.anchor_id FROM suspect_start AS s WHERE s.has_no_length
),
start_of_note AS (
  SELECT c.anchor_id, c.first_start AS started_at FROM counted_anchor AS c
  UNION
  SELECT c.anchor_id, c.start_before FROM counted_anchor AS c
  UNION
  SELECT s.anchor_id, s.started_at FROM suspect_start AS s WHERE s.begins_at_once
),
wanted AS (
  SELECT n.anchor_id, n.started_at FROM start_of_note AS n WHERE n.anchor_id NOT IN (SELECT m.anchor_id FROM momentary AS m)
),
looked_at AS (
  SELECT s.anchor_id, s.session_id, s.started_at, s.ended_at
  FROM session_line AS s
  JOIN wanted AS w ON w.anchor_id = s.anchor_id AND w.started_at = s.started_at
  WHERE s.valid
  UNION ALL
  SELECT s.anchor_id, s.session_id, s.started_at, s.ended_at
  FROM session_line AS s
  JOIN momentary AS m ON m.anchor_id = s.anchor_id
  WHERE s.valid
),
ordered AS (
  SELECT
    l.anchor_id,
    l.session_id,
    l.started_at,
    LAG(l.session_id) OVER (PARTITION BY l.anchor_id ORDER BY l.started_at, l.session_id) AS session_before,
    COALESCE(l.started_at < MAX(l.ended_at) OVER (PARTITION BY l.anchor_id ORDER BY l.started_at, l.session_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), false) AS overlaps,
    CASE WHEN l.started_at < l.ended_at
      THEN LEAD(l.session_id) OVER (PARTITION BY l.anchor_id, l.started_at, l.ended_at ORDER BY l.session_id) END AS twin
  FROM looked_at AS l
),
placed AS (
  SELECT
    o.anchor_id,
    o.session_id,
    o.session_before,
    o.overlaps,
    o.twin,
    ROW_NUMBER() OVER (PARTITION BY o.anchor_id, o.overlaps ORDER BY o.started_at, o.session_id) AS place,
    ROW_NUMBER() OVER (PARTITION BY o.anchor_id, o.twin IS NULL ORDER BY o.started_at, o.session_id) AS twin_place
  FROM ordered AS o
),
named AS (
  SELECT
    p.anchor_id,
    COUNT(CASE WHEN p.overlaps THEN 1 END) AS sessions,
    MAX(CASE WHEN p.overlaps AND p.place = 1 THEN p.session_before END) AS earlier_id,
    MAX(CASE WHEN p.overlaps AND p.place = 1 THEN p.session_id END) AS later_id,
    MAX(CASE WHEN p.twin_place = 1 AND p.twin IS NOT NULL THEN p.session_id END) AS twin_id,
    MAX(CASE WHEN p.twin_place = 1 THEN p.twin END) AS other_twin_id
  FROM placed AS p
  GROUP BY p.anchor_id
)
SELECT
  n.anchor_id,
  CAST(CASE WHEN m.anchor_id IS NULL THEN c.sessions ELSE n.sessions END AS BIGINT) AS sessions,
  n.twin_id IS NOT NULL AS same_times,
  COALESCE(n.twin_id, n.earlier_id) AS first_id,
  COALESCE(n.other_twin_id, n.later_id) AS second_id
FROM named AS n
LEFT JOIN counted_anchor AS c ON c.anchor_id = n.anchor_id
LEFT JOIN momentary AS m ON m.anchor_id = n.anchor_id
WHERE n.sessions > 0
