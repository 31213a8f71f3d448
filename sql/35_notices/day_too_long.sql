-- notice: day_too_long      clause: C4      grain: subject
-- reads: day_amount      writes: notice_day_too_long (table)
-- why: whoever streams longer than a day lasts is paid for some of the time twice.
SELECT 'day_too_long' AS code, 'attention' AS severity, '' AS file, d.anchor_id || ';' || CAST(d.settlement_date AS VARCHAR) AS subject,
  d.valid_seconds AS count, '' AS value,
  'the ' || counted(d.valid_sessions, 'valid session') || ' of anchor ' || d.anchor_id || ' that ended on ' || CAST(d.settlement_date AS VARCHAR) || ' add up to '
    || counted(d.valid_seconds, 'second') || ', and a day has 86400: some of the time may be paid twice. Check their times and ids, and export them again.' AS message
FROM day_amount AS d
WHERE d.valid_seconds > 86400
