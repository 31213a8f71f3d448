-- audit: anchors_make_total
-- why: no anchor and no session may fall out between the sessions and the control totals.
SELECT t.anchors, t.sessions, t.total
FROM run_total AS t
WHERE t.sessions <> (SELECT COUNT(*) FROM session_line)
  OR t.anchors <> (SELECT COUNT(*) FROM (SELECT DISTINCT anchor_id FROM session_line))
  OR t.watch_time_gross <> (SELECT COALESCE(SUM(amount), 0) FROM session_line)
