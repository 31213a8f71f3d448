-- notice: sessions_overlap      clause: C3      grain: subject
-- reads: overlap      writes: notice_sessions_overlap (table)
-- why: one broadcast under several ids is paid as often as it has ids.
SELECT 'sessions_overlap' AS code, 'attention' AS severity, '' AS file, n.anchor_id AS subject, n.sessions AS count, n.first_id || ';' || n.second_id AS value,
  counted(n.sessions, 'valid session') || ' of anchor ' || n.anchor_id || CASE WHEN n.sessions = 1 THEN ' starts' ELSE ' start' END || ' before an earlier one has ended, first of '
    || n.first_id || ' and ' || n.second_id || CASE WHEN n.same_times THEN ', whose times are the same' ELSE '' END
    || ': that time is paid more than once. If one broadcast has several ids, keep one of its rows and run again.' AS message
FROM overlap AS n
