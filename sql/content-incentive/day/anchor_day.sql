-- what: an anchor's settlement date in sums      grain: anchor_id, settlement_date
-- reads: session_line      writes: anchor_day (view)
-- why: every rule from here on looks at days or months; each session is added up once.
SELECT
  s.anchor_id,
  s.settlement_date,
  CAST(COUNT(*) AS BIGINT) AS sessions,
  CAST(SUM(CASE WHEN s.valid THEN 1 ELSE 0 END) AS BIGINT) AS valid_sessions,
  CAST(SUM(CASE WHEN s.valid THEN s.effective_seconds ELSE 0 END) AS BIGINT) AS valid_seconds,
  CAST(MAX(CASE WHEN s.valid THEN s.quality_level END) AS TINYINT) AS top_level,
  CAST(SUM(s.amount) AS DECIMAL(38, 2)) AS gross,
  CAST(SUM(CASE WHEN s.counts_for_newcomer THEN s.effective_seconds ELSE 0 END) AS BIGINT) AS newcomer_seconds,
  CAST(SUM(CASE WHEN s.counts_for_attendance THEN s.effective_seconds ELSE 0 END) AS BIGINT) AS attendance_seconds,
  CAST(SUM(CASE WHEN s.counts_for_newcomer THEN 1 ELSE 0 END) AS BIGINT) AS newcomer_sessions,
  CAST(SUM(CASE WHEN s.counts_for_attendance THEN 1 ELSE 0 END) AS BIGINT) AS attendance_sessions,
  CAST(SUM(CASE WHEN s.counts_for_share THEN 1 ELSE 0 END) AS BIGINT) AS share_sessions,
  CAST(SUM(CASE WHEN s.counts_for_share AND s.low_level THEN 1 ELSE 0 END) AS BIGINT) AS low_level_sessions
FROM session_line AS s
GROUP BY s.anchor_id, s.settlement_date
