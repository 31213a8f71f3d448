-- notice: admission_unused      clause: D5      grain: subject
-- reads: standing_admission, digital_session_of_period, policy_run      writes: notice_admission_unused (table)
-- why: what was admitted under a misspelt id admits nothing, and the session that was meant is stopped.
-- Those alone that were approved in the period: what was admitted before may rest for a month.
WITH used AS (
  SELECT s.merchant_id, 'room' AS part, s.room_id AS part_id FROM digital_session_of_period AS s
  UNION ALL
  SELECT s.merchant_id, 'avatar', s.avatar_id FROM digital_session_of_period AS s
  UNION ALL
  SELECT s.merchant_id, 'driver', s.driver_id FROM digital_session_of_period AS s
)
SELECT 'admission_unused' AS code, 'info' AS severity, '' AS file, a.admission_id AS subject, CAST(NULL AS BIGINT) AS count, '' AS value,
  'admission ' || a.admission_id || ' of the ' || a.part || ' ' || a.part_id || ' of merchant ' || a.merchant_id
    || ' was approved in the period, and no digital session of it uses that. Compare the ids, if one is meant.' AS message
FROM standing_admission AS a
CROSS JOIN policy_run AS p
WHERE CAST(a.approved_at AS DATE) BETWEEN p.period_from AND p.as_of
  AND NOT EXISTS (SELECT 1 FROM used AS u WHERE u.merchant_id = a.merchant_id AND u.part = a.part AND u.part_id = a.part_id)
