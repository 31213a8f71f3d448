-- rule: valid_session      clause: C2, C3, C15      grain: session_id
-- reads: period_session, anchor_scope, session_punishment, policy_by_day      writes: session_validity (view)
-- why: short, unsettleable, punished, suspended, deleted or opted-out sessions would be paid.
-- reasons, in this order: out_of_scope, too_short, not_settleable, punished:<kind>, suspended, replay_deleted, opted_out
-- Every session is judged by its own cells and the values in force on its own settlement date, never by the anchor's latest (C15).
WITH judged AS (
  SELECT
    s.*,
    a.in_scope,
    CASE WHEN a.in_scope THEN '' ELSE ';out_of_scope' END
      || CASE WHEN s.duration_seconds >= d.session_min_seconds THEN '' ELSE ';too_short' END
      || CASE WHEN s.settleable THEN '' ELSE ';not_settleable' END
      || CASE WHEN p.punishments IS NULL THEN '' ELSE ';' || p.punishments END
      || CASE WHEN s.suspended THEN ';suspended' ELSE '' END
      || CASE WHEN s.replay_deleted_at < s.ended_at + d.replay_retention_months * INTERVAL '1' MONTH THEN ';replay_deleted' ELSE '' END
      || CASE WHEN s.opted_out THEN ';opted_out' ELSE '' END AS marked_reasons
  FROM period_session AS s
  JOIN anchor_scope AS a ON a.anchor_id = s.anchor_id
  JOIN policy_by_day AS d ON d.settlement_date = s.settlement_date
  LEFT JOIN session_punishment AS p ON p.session_id = s.session_id
)
SELECT
  j.*,
  CAST(j.marked_reasons = '' AS BOOLEAN) AS valid,
  CAST(CASE WHEN j.marked_reasons <> '' THEN TRIM(LEADING ';' FROM j.marked_reasons) END AS VARCHAR) AS reasons
FROM judged AS j
