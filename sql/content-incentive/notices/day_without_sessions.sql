-- notice: day_without_sessions      clause: C2      grain: subject
-- reads: day_amount, policy_by_day      writes: notice_day_without_sessions (table)
-- why: a day's export that is missing, or whose rows were all left out, pays nobody for that day.
SELECT 'day_without_sessions' AS code, 'attention' AS severity, '' AS file, CAST(d.settlement_date AS VARCHAR) AS subject,
  CAST(NULL AS BIGINT) AS count, '' AS value,
  'no session ended on ' || d.settlement_date || ': nobody is paid for that day. If somebody streamed, export that day''s sessions and run again.' AS message
FROM policy_by_day AS d
WHERE d.settlement_date NOT IN (SELECT DISTINCT a.settlement_date FROM day_amount AS a)
