-- notice: index_overdue      clause: C6      grain: subject
-- reads: overdue_track, policy_scarcity      writes: notice_index_overdue (table)
-- why: sessions are multiplied by an index that a newer table may have replaced.
SELECT 'index_overdue' AS code, 'attention' AS severity, '' AS file, o.track AS subject, o.sessions AS count, '' AS value,
  counted(o.sessions, 'valid session') || ' of the track ' || shown(o.track) || ' ' || CASE WHEN o.sessions = 1 THEN 'is' ELSE 'are' END
    || ' multiplied by an index in force since ' || CAST(o.effective_from AS VARCHAR) || ', and one is renewed after ' || counted(p.renewed_every_days, 'day')
    || '. If there is a newer scarcity table, put it among the exports and run again.' AS message
FROM overdue_track AS o
CROSS JOIN policy_scarcity AS p
