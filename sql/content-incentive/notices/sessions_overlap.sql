-- notice: sessions_overlap      clause: C3      grain: subject
-- reads: session_line      writes: notice_sessions_overlap (table)
-- why: one broadcast under several ids is paid as often as it has ids.
-- Sessions are put in order without their ids, which takes half as long; ids are looked at where sessions overlap first, or begin at once.
-- Only where one of no length is valid does it matter which of two that begin at once comes first: then all of the anchor's are looked at.
WITH followed AS (
  SELECT s.anchor_id, s.started_at, s.ended_at, lag(s.started_at) OVER earlier AS started_before,
    max(s.ended_at) OVER (earlier ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS latest_end
  FROM session_line AS s
  WHERE s.valid
  WINDOW earlier AS (PARTITION BY s.anchor_id ORDER BY s.started_at)
),
suspect AS MATERIALIZED (
  SELECT f.anchor_id, f.started_at, f.started_before, f.started_at < f.latest_end AS overlaps, f.started_at = f.ended_at AS has_no_length
  FROM followed AS f
  WHERE f.started_at < f.latest_end OR f.started_at = f.ended_at
),
counted_anchor AS (
  SELECT s.anchor_id, count(*) AS sessions, min(s.started_at) AS first_start, min(s.started_before) AS start_before FROM suspect AS s WHERE s.overlaps GROUP BY s.anchor_id
),
wanted AS (
  SELECT c.anchor_id, c.first_start AS started_at FROM counted_anchor AS c
  UNION
  SELECT c.anchor_id, c.start_before FROM counted_anchor AS c
  UNION
  SELECT s.anchor_id, s.started_at FROM suspect AS s WHERE s.started_at = s.started_before
),
momentary AS (
  SELECT DISTINCT s.anchor_id FROM suspect AS s WHERE s.has_no_length
),
looked_at AS MATERIALIZED (
  SELECT s.anchor_id, s.session_id, s.started_at, s.ended_at FROM session_line AS s WHERE s.valid AND (s.anchor_id, s.started_at) IN (SELECT (w.anchor_id, w.started_at) FROM wanted AS w)
  UNION
  SELECT s.anchor_id, s.session_id, s.started_at, s.ended_at FROM session_line AS s WHERE s.valid AND s.anchor_id IN (SELECT m.anchor_id FROM momentary AS m)
),
ordered AS (
  SELECT l.anchor_id, l.session_id, l.started_at, lag(l.session_id) OVER earlier AS session_before,
    max(l.ended_at) OVER (earlier ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS latest_end
  FROM looked_at AS l
  WINDOW earlier AS (PARTITION BY l.anchor_id ORDER BY l.started_at, l.session_id)
),
first_pair AS (
  SELECT o.anchor_id, count(*) AS sessions, min(ROW(o.started_at, o.session_id, o.session_before)) AS pair
  FROM ordered AS o
  WHERE o.started_at < o.latest_end
  GROUP BY o.anchor_id
),
same_pair AS (
  SELECT g.anchor_id, min(ROW(g.started_at, g.ids)) AS pair
  FROM (SELECT l.anchor_id, l.started_at, list_sort(list(l.session_id)) AS ids FROM looked_at AS l WHERE l.started_at < l.ended_at
    GROUP BY l.anchor_id, l.started_at, l.ended_at HAVING count(*) > 1) AS g
  GROUP BY g.anchor_id
),
named AS (
  SELECT f.anchor_id, CASE WHEN m.anchor_id IS NULL THEN c.sessions ELSE f.sessions END AS sessions, s.pair IS NOT NULL AS same_times,
    COALESCE(s.pair[2][1], f.pair[3]) AS first_id, COALESCE(s.pair[2][2], f.pair[2]) AS second_id
  FROM first_pair AS f
  LEFT JOIN counted_anchor AS c ON c.anchor_id = f.anchor_id
  LEFT JOIN momentary AS m ON m.anchor_id = f.anchor_id
  LEFT JOIN same_pair AS s ON s.anchor_id = f.anchor_id
)
SELECT 'sessions_overlap' AS code, 'attention' AS severity, '' AS file, n.anchor_id AS subject, n.sessions AS count, n.first_id || ';' || n.second_id AS value,
  counted(n.sessions, 'valid session') || ' of anchor ' || n.anchor_id || CASE WHEN n.sessions = 1 THEN ' starts' ELSE ' start' END || ' before an earlier one has ended, first of '
    || n.first_id || ' and ' || n.second_id || CASE WHEN n.same_times THEN ', whose times are the same' ELSE '' END
    || ': that time is paid more than once. If one broadcast has several ids, keep one of its rows and run again.' AS message
FROM named AS n
