-- notice: session_other_anchor      clause: C2      grain: subject
-- reads: superseded_session, active_file, policy_run      writes: notice_session_other_anchor (table)
-- why: two sessions with one id: the later row takes the place of the other, whose anchor is paid nothing for it.
-- Of a session that changed its anchor more than once, the last change is told.
WITH changed AS (
  SELECT s.session_id, s.anchor_id, s.superseding_anchor_id, f.file, g.file AS superseding_file,
    row_number() OVER (PARTITION BY s.session_id ORDER BY s.file_no DESC) AS newest
  FROM superseded_session AS s
  JOIN active_file AS f ON f.file_no = s.file_no
  JOIN active_file AS g ON g.file_no = s.superseded_by
  CROSS JOIN policy_run AS p
  WHERE s.anchor_id <> s.superseding_anchor_id
    AND (CAST(s.ended_at AS DATE) BETWEEN p.period_from AND p.as_of OR CAST(s.superseding_ended_at AS DATE) BETWEEN p.period_from AND p.as_of)
)
SELECT 'session_other_anchor' AS code, 'attention' AS severity, '' AS file, c.session_id AS subject, CAST(NULL AS BIGINT) AS count,
  c.anchor_id || ';' || c.superseding_anchor_id AS value,
  'session ' || c.session_id || ' is of anchor ' || c.anchor_id || ' in ' || shown(c.file) || ' and of ' || c.superseding_anchor_id || ' in ' || shown(c.superseding_file)
    || ', which supersedes it: ' || c.anchor_id || ' is paid nothing for it. If they are two sessions, give each an id of its own and run again.' AS message
FROM changed AS c
WHERE c.newest = 1
