-- rule: part_admission      clause: D5      grain: session_id, part
-- reads: digital_session_of_period, standing_admission, policy_digital_reading      writes: part_admission (table)
-- why: an approval that came too late, or was withdrawn, admits nobody; who asks must know which of these it was.
-- states: admitted, withdrawn, late, pending, none. Of several admissions of one thing the best counts, in this order.
-- An admission holds from the second of its approval up to that of its withdrawal, and for the merchant whose it is alone.
WITH wanted AS (
  SELECT s.session_id, s.merchant_id, s.started_at, s.ended_at, 'room' AS part, s.room_id AS part_id FROM digital_session_of_period AS s
  UNION ALL
  SELECT s.session_id, s.merchant_id, s.started_at, s.ended_at, 'avatar', s.avatar_id FROM digital_session_of_period AS s
  UNION ALL
  SELECT s.session_id, s.merchant_id, s.started_at, s.ended_at, 'driver', s.driver_id FROM digital_session_of_period AS s
),
held AS (
  SELECT w.session_id, w.part,
    CASE WHEN a.admission_id IS NULL THEN 'none'
      WHEN a.approved_at IS NULL THEN 'pending'
      WHEN a.approved_at > w.started_at OR (a.approved_at = w.started_at AND r.approved = 'before_start') THEN 'late'
      WHEN a.withdrawn_at <= w.started_at OR (a.withdrawn_at < w.ended_at AND r.withdrawn_during = 'lacks') THEN 'withdrawn'
      ELSE 'admitted' END AS state
  FROM wanted AS w
  CROSS JOIN policy_digital_reading AS r
  LEFT JOIN standing_admission AS a ON a.merchant_id = w.merchant_id AND a.part = w.part AND a.part_id = w.part_id
)
SELECT h.session_id, h.part,
  CASE WHEN MAX(CASE WHEN h.state = 'admitted' THEN 1 ELSE 0 END) = 1 THEN 'admitted'
    WHEN MAX(CASE WHEN h.state = 'withdrawn' THEN 1 ELSE 0 END) = 1 THEN 'withdrawn'
    WHEN MAX(CASE WHEN h.state = 'late' THEN 1 ELSE 0 END) = 1 THEN 'late'
    WHEN MAX(CASE WHEN h.state = 'pending' THEN 1 ELSE 0 END) = 1 THEN 'pending'
    ELSE 'none' END AS state
FROM held AS h
GROUP BY h.session_id, h.part
