-- admissions.csv      grain: session_id      every session of a digital human in the period: what it lacks, and what follows
WITH part AS (
  SELECT p.session_id,
    MAX(CASE WHEN p.part = 'room' THEN p.state END) AS room,
    MAX(CASE WHEN p.part = 'avatar' THEN p.state END) AS avatar,
    MAX(CASE WHEN p.part = 'driver' THEN p.state END) AS driver
  FROM part_admission AS p GROUP BY p.session_id
)
SELECT s.session_id, s.anchor_id, s.started_at, s.ended_at, s.merchant_id, text_cell(s.merchant_kind) AS merchant_kind, text_cell(s.live_kind) AS live_kind, s.supplier_id,
  flag_cell(l.session_id IS NOT NULL) AS listed, s.room_id, p.room, s.avatar_id, p.avatar, s.driver_id, p.driver,
  flag_cell(u.session_id IS NULL) AS admitted, u.lacks,
  TRIM(LEADING ';' FROM CASE WHEN u.warned THEN ';warning' ELSE '' END || CASE WHEN u.stopped THEN ';stop' ELSE '' END || CASE WHEN u.frozen THEN ';freeze_live' ELSE '' END) AS measures,
  u.frozen_from, u.frozen_to
FROM digital_session_of_period AS s
JOIN part AS p ON p.session_id = s.session_id
LEFT JOIN listed_session AS l ON l.session_id = s.session_id
LEFT JOIN unadmitted AS u ON u.session_id = s.session_id
ORDER BY s.session_id
