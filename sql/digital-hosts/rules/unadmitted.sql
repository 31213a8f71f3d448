-- rule: unadmitted      clause: D6      grain: session_id
-- reads: digital_session_of_period, lack, policy_digital, policy_digital_freeze      writes: unadmitted (table)
-- why: whoever streams without admission and is neither warned nor stopped goes on.
-- What follows by the rules in force on the session's day. A freeze runs from the second of the start for whole days, its last second included.
WITH lacking AS (
  SELECT l.session_id, STRING_AGG(l.lack, ';' ORDER BY l.clause, l.lack) AS lacks FROM lack AS l GROUP BY l.session_id
),
followed AS (
  SELECT s.session_id,
    MAX(CASE WHEN r.word = 'warning' THEN 1 ELSE 0 END) = 1 AS warned,
    MAX(CASE WHEN r.word = 'stop' THEN 1 ELSE 0 END) = 1 AS stopped,
    MAX(CASE WHEN r.word = 'freeze_live' THEN 1 ELSE 0 END) = 1 AS frozen
  FROM digital_session_of_period AS s
  JOIN policy_digital AS r ON r.rule = 'otherwise.measures' AND s.judged_on >= r.from_date AND s.judged_on < r.before_date
  GROUP BY s.session_id
)
SELECT s.session_id, s.anchor_id, s.merchant_id, s.started_at, l.lacks,
  COALESCE(f.warned, false) AS warned, COALESCE(f.stopped, false) AS stopped, COALESCE(f.frozen, false) AS frozen,
  CASE WHEN f.frozen THEN s.started_at END AS frozen_from,
  CASE WHEN f.frozen THEN s.started_at + to_days(z.days) - to_seconds(1) END AS frozen_to
FROM digital_session_of_period AS s
JOIN lacking AS l ON l.session_id = s.session_id
LEFT JOIN followed AS f ON f.session_id = s.session_id
LEFT JOIN policy_digital_freeze AS z ON s.judged_on >= z.from_date AND s.judged_on < z.before_date
