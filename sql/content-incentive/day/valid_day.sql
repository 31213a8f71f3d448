-- rule: valid_day      clause: C4, C5      grain: anchor_id, settlement_date
-- reads: anchor_day, policy_by_day      writes: day_validity (view)
-- why: days too short to count would earn bonuses. A bonus has valid days of its own: over the sessions that count for it alone.
-- A date without a valid session is none, however low the threshold.
SELECT
  d.*,
  CAST(d.valid_sessions > 0 AND d.valid_seconds >= p.day_min_seconds AS BOOLEAN) AS valid_day,
  CAST(d.newcomer_sessions > 0 AND d.newcomer_seconds >= p.day_min_seconds AS BOOLEAN) AS newcomer_day,
  CAST(d.attendance_sessions > 0 AND d.attendance_seconds >= p.day_min_seconds AS BOOLEAN) AS attendance_day
FROM anchor_day AS d
JOIN policy_by_day AS p ON p.settlement_date = d.settlement_date
