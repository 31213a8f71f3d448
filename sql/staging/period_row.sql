-- what: the sessions that end in the period up to the evaluation date, after supersession      grain: session_id
-- reads: session_row, active_file, superseded_session, policy_run      writes: period_row (view)
-- why: C2: a session belongs to the period, and to the day, of its END.
SELECT
  s.file_no,
  s.line,
  s.session_id,
  s.anchor_id,
  s.started_at,
  s.ended_at,
  s.settleable,
  s.quality_level,
  s.track,
  s.rec_dwell_minutes,
  s.effective_seconds,
  s.suspended,
  s.opted_out,
  s.replay_deleted_at,
  CAST(s.ended_at AS DATE) AS settlement_date,
  seconds_between(s.started_at, s.ended_at) AS duration_seconds,
  s.unit_price AS own_unit_price,
  s.scarcity_index AS own_scarcity_index
FROM session_row AS s
JOIN active_file AS f ON f.file_no = s.file_no
CROSS JOIN policy_run AS p
WHERE CAST(s.ended_at AS DATE) BETWEEN p.period_from AND p.as_of
  AND NOT EXISTS (SELECT 1 FROM superseded_session AS x WHERE x.file_no = s.file_no AND x.line = s.line)
