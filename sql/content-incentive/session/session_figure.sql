-- what: every session of the period with all its figures      grain: session_id
-- reads: session_counted      writes: session_figure (table)
-- why: the rules for sessions are a chain that is computed here, once, and only what is used from here on is kept.
SELECT
  s.file_no,
  s.line,
  s.session_id,
  s.anchor_id,
  s.settlement_date,
  s.started_at,
  s.ended_at,
  s.duration_seconds,
  s.effective_seconds,
  s.settleable,
  s.suspended,
  s.opted_out,
  s.replay_deleted_at,
  s.quality_level,
  s.track,
  s.rec_dwell_minutes,
  s.unit_price,
  s.scarcity_index,
  s.index_overdue,
  s.valid,
  s.reasons,
  s.amount,
  s.counts_for_newcomer,
  s.counts_for_attendance,
  s.counts_for_share,
  s.low_level
FROM session_counted AS s
