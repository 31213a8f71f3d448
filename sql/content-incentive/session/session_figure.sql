-- what: every session of the period with all its figures      grain: session_id
-- reads: session_counted      writes: session_figure (table)
-- why: the rules for sessions are a chain that is computed here, once. What only the chain itself looks at is not kept.
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
  s.settlement_date,
  s.duration_seconds,
  s.valid,
  s.reasons,
  s.scarcity_index,
  s.index_overdue,
  s.unit_price,
  s.amount,
  s.counts_for_newcomer,
  s.counts_for_attendance,
  s.counts_for_share,
  s.low_level
FROM session_counted AS s
