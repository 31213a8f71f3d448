-- notice: control_missing      clause: contract      grain: subject
-- reads: control_of_period      writes: notice_control_missing (table)
-- why: a session that the control desk has counted and that isn't settled is paid to nobody.
SELECT 'control_missing' AS code, 'attention' AS severity, '' AS file, c.session_id AS subject, CAST(NULL AS BIGINT) AS count,
  CASE WHEN c.waits THEN 'quarantined' ELSE '' END AS value,
  'the control desk counts session ' || c.session_id || coalesce(' with ' || nullif(concat_ws(' and ', c.control_dwell || ' dwell minutes', c.control_amount || ' CNY'), ''), '')
    || CASE WHEN c.waits THEN ', and its row is quarantined: nobody is paid for it. See what unsettled.csv says of it, correct the export, and run again.'
         ELSE ', and no row of an export has it: nobody is paid for it. Export the session, or take it off the list, and run again.' END AS message
FROM control_of_period AS c
WHERE NOT c.is_here
