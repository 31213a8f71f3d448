-- what: the sessions of digital humans of the period up to the evaluation date, each with the day by whose rules it is judged      grain: session_id
-- reads: standing_digital_session, policy_run, policy_digital_reading      writes: digital_session_of_period (table)
-- why: a session over midnight has two days, and is judged once, by one of them.
SELECT d.session_id, d.anchor_id, d.started_at, d.ended_at, d.judged_on, d.merchant_id, d.merchant_kind, d.live_kind, d.supplier_id, d.room_id, d.avatar_id, d.driver_id,
  d.human_driven, d.human_likeness, d.generated, d.generation_filed, d.source_file, d.file_no, d.line
FROM (
  SELECT s.session_id, s.anchor_id, s.started_at, s.ended_at, s.merchant_id, s.merchant_kind, s.live_kind, s.supplier_id, s.room_id, s.avatar_id, s.driver_id,
    s.human_driven, s.human_likeness, s.generated, s.generation_filed, s.source_file, s.file_no, s.line,
    CAST(CASE WHEN r.day_of = 'start' THEN s.started_at ELSE s.ended_at END AS DATE) AS judged_on
  FROM standing_digital_session AS s CROSS JOIN policy_digital_reading AS r
) AS d
CROSS JOIN policy_run AS p
WHERE d.judged_on BETWEEN p.period_from AND p.as_of
