-- notice: day_too_long      clause: C4      grain: subject
-- reads: day_amount      writes: notice_day_too_long (table)
-- why: whoever streams longer than a day lasts is paid for some of the time twice.
SELECT 'day_too_long' AS code, 'attention' AS severity, '' AS file, d.anchor_id || ';' || CAST(d.settlement_date AS VARCHAR) AS subject,
  d.valid_seconds AS count, '' AS value,
  CASE WHEN d.valid_sessions = 1 THEN 'the valid session' ELSE 'the ' || counted(d.valid_sessions, 'valid session') END || ' of anchor ' || d.anchor_id || ' that ended on '
    || CAST(d.settlement_date AS VARCHAR) || CASE WHEN d.valid_sessions = 1 THEN ' counts ' ELSE ' add up to ' END || counted(d.valid_seconds, 'second')
    || ', and a day has 86400: ' || CASE WHEN d.valid_sessions = 1 THEN 'its start or its end may be wrong. Check its times, and export it again.'
    ELSE 'some of the time may be paid twice. Check their times and ids, and export them again.' END AS message
FROM day_amount AS d
WHERE d.valid_seconds > 86400
