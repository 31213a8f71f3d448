-- notice: index_overdue      clause: C6      grain: subject
-- reads: session_line, scarcity_in_force, policy_scarcity      writes: notice_index_overdue (table)
-- why: sessions are multiplied by an index that a newer table may have replaced.
WITH overdue AS (
  SELECT s.track, s.settlement_date, count(*) AS sessions
  FROM session_line AS s
  WHERE s.valid AND s.index_overdue
  GROUP BY s.track, s.settlement_date
)
SELECT 'index_overdue' AS code, 'attention' AS severity, '' AS file, o.track AS subject, CAST(sum(o.sessions) AS BIGINT) AS count, '' AS value,
  counted(sum(o.sessions), 'valid session') || ' of the track ' || shown(o.track) || ' ' || CASE WHEN sum(o.sessions) = 1 THEN 'is' ELSE 'are' END
    || ' multiplied by an index in force since ' || CAST(min(t.effective_from) AS VARCHAR) || ', and one is renewed after ' || counted(max(p.renewed_every_days), 'day')
    || '. If there is a newer scarcity table, put it among the exports and run again.' AS message
FROM overdue AS o
JOIN scarcity_in_force AS t ON t.track = o.track AND t.settlement_date = o.settlement_date
CROSS JOIN policy_scarcity AS p
GROUP BY o.track
