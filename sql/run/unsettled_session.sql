-- what: every session row that is quarantined, with what can be read of it      grain: file_no, line
-- reads: quarantine_line, unsound_record, period_row, standing_anchor, session_line, active_file      writes: unsettled_session (table)
-- why: who waits for what must be known, or a session that nobody corrects is never paid. One that another row settles waits for nothing.
WITH code AS (
  SELECT DISTINCT q.file_no, q.file, q.line, q.code
  FROM quarantine_line AS q
  WHERE q.kind = 'sessions'
),
quarantined AS (
  SELECT c.file_no, c.file, c.line, in_order(array_agg(c.code)) AS codes
  FROM code AS c
  GROUP BY c.file_no, c.file, c.line
),
named AS (
  SELECT r.file_no, r.line, r.session_id, r.anchor_id, r.ended_at, r.settlement_date, r.quality_level, r.track
  FROM period_row AS r
  UNION ALL
  SELECT u.file_no, u.line, u.session_id, u.anchor_id, u.ended_at, NULL, NULL, NULL
  FROM unsound_record AS u
),
waiting AS (
  SELECT n.*, q.file, q.codes
  FROM named AS n
  JOIN quarantined AS q ON q.file_no = n.file_no AND q.line = n.line
),
settled AS (
  SELECT s.session_id, f.file, s.line
  FROM session_line AS s
  JOIN (SELECT DISTINCT w.session_id FROM waiting AS w WHERE w.session_id IS NOT NULL) AS w ON w.session_id = s.session_id
  JOIN active_file AS f ON f.file_no = s.file_no
)
SELECT
  w.file_no,
  w.file,
  w.line,
  w.session_id,
  w.anchor_id,
  a.agency_id,
  w.ended_at,
  w.settlement_date,
  w.quality_level,
  w.track,
  w.codes,
  s.file AS settled_file,
  s.line AS settled_line
FROM waiting AS w
LEFT JOIN standing_anchor AS a ON a.anchor_id = w.anchor_id
LEFT JOIN settled AS s ON s.session_id = w.session_id
