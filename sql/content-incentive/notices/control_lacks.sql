-- notice: control_lacks      clause: contract      grain: subject
-- reads: control_lack      writes: notice_control_lacks (table)
-- why: a session that is settled and that the control desk hasn't counted may be paid for nothing.
SELECT 'control_lacks' AS code, 'attention' AS severity, '' AS file, coalesce(l.session_id, CAST(l.settlement_date AS VARCHAR)) AS subject,
  coalesce(l.sessions, 1) AS count, '' AS value,
  CASE WHEN l.session_id IS NOT NULL THEN 'session ' || l.session_id || ', which ended on ' || l.settlement_date || ', is settled, and the control desk doesn''t name it'
    ELSE counted(l.sessions, 'session') || ' that ended on ' || l.settlement_date || ' ' || is_or_are(l.sessions) || ' settled, and the control desk names none of that date' END
    || '. Ask whether it took place; then put it on the list, or take it out of the export, and run again.' AS message
FROM control_lack AS l
