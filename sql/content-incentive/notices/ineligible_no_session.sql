-- notice: ineligible_no_session      clause: P6      grain: subject
-- reads: standing_ineligible, policy_ineligible, policy_run, anchor_settlement, session_line      writes: notice_ineligible_no_session (table)
-- why: what is found of one session concerns the one that starts in that second; where none does, the one that was meant is paid.
-- A session that starts on the last day may end after it, and belongs to what is settled later.
SELECT 'ineligible_no_session' AS code, 'attention' AS severity, '' AS file, i.anchor_id AS subject, count(DISTINCT i.from_time) AS count, '' AS value,
  'no session of ' || i.anchor_id || ' that is settled starts in ' || CASE WHEN count(DISTINCT i.from_time) = 1 THEN 'the second' ELSE counted(count(DISTINCT i.from_time), 'second') END
    || ' in which it may not stream (' || min(i.from_time) || ', ' || min(i.cause) || '): if one was meant, it is paid. Give the start of the session there as the sessions export has it, and run again.' AS message
FROM standing_ineligible AS i
CROSS JOIN policy_run AS p
WHERE i.to_time = i.from_time AND CAST(i.from_time AS DATE) >= p.period_from AND CAST(i.from_time AS DATE) < p.as_of
  AND EXISTS (SELECT 1 FROM policy_ineligible AS c WHERE c.settlement_date = CAST(i.from_time AS DATE) AND c.cause = i.cause)
  AND i.cause <> 'expelled'
  AND i.anchor_id IN (SELECT a.anchor_id FROM anchor_settlement AS a)
  AND NOT EXISTS (SELECT 1 FROM session_line AS s WHERE s.anchor_id = i.anchor_id AND s.started_at = i.from_time)
GROUP BY i.anchor_id
