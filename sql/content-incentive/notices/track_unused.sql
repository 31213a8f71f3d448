-- notice: track_unused      clause: C6      grain: subject
-- reads: standing_scarcity, track_of_period      writes: notice_track_unused (table)
-- why: an index under a misspelt track serves no session, and those that it is for go without or take an old one.
WITH unused AS (
  SELECT s.track, like_key(s.track) AS key, min(s.source_file) AS source_file
  FROM standing_scarcity AS s
  WHERE s.track NOT IN (SELECT t.track FROM track_of_period AS t)
  GROUP BY s.track
),
lacking AS (
  SELECT t.track, like_key(t.track) AS key, t.lacking AS sessions FROM track_of_period AS t WHERE t.lacking > 0
),
hint AS (
  SELECT count(*) AS tracks, CAST(sum(l.sessions) AS BIGINT) AS sessions, min(l.track) AS track FROM lacking AS l
),
near AS (
  SELECT u.track, min(l.track) AS near FROM unused AS u JOIN lacking AS l ON may_mean(u.track, u.key, l.track, l.key) GROUP BY u.track
)
SELECT 'track_unused' AS code, CASE WHEN h.tracks = 0 THEN 'info' ELSE 'attention' END AS severity, '' AS file, u.track AS subject,
  CAST(NULL AS BIGINT) AS count, '' AS value,
  'no session of the period has the track ' || shown(u.track) || ' (' || shown(u.source_file) || '), so its index serves nobody' || CASE
    WHEN h.tracks = 0 THEN '. If it is misspelt, correct it.'
    WHEN n.near IS NOT NULL THEN did_you_mean(shown(n.near))
    ELSE ', while ' || counted(h.sessions, 'valid session') || ' of ' || CASE WHEN h.tracks = 1 THEN shown(h.track) ELSE counted(h.tracks, 'track') END
      || ' lack' || CASE WHEN h.sessions = 1 THEN 's' ELSE '' END || ' one or take' || CASE WHEN h.sessions = 1 THEN 's' ELSE '' END
      || ' an old one. If it is misspelt, correct it and run again.' END AS message
FROM unused AS u
CROSS JOIN hint AS h
LEFT JOIN near AS n ON n.track = u.track
