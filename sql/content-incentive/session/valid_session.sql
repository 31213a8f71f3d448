-- rule: valid_session      clause: C2, C3, C15, P6      grain: session_id
-- reads: period_row, anchor_scope, session_punishment, session_ineligibility, policy_by_day      writes: session_validity (view)
-- why: short, unsettleable, punished, suspended, deleted or opted-out sessions, and those of whom may not stream, would be paid.
-- reasons, in this order: out_of_scope, too_short, not_settleable, punished:<kind>, suspended, replay_deleted, opted_out,
-- frozen, unadmitted_digital_host, expelled
-- Every session is judged by its own cells and the values in force on its own settlement date, never by the anchor's latest (C15).
WITH tested AS (
  SELECT
    s.*,
    a.in_scope,
    s.duration_seconds >= d.session_min_seconds AS long_enough,
    p.punishments,
    COALESCE(i.frozen, false) AS frozen,
    COALESCE(i.unadmitted_digital_host, false) AS unadmitted_digital_host,
    COALESCE(i.expelled, false) AS expelled,
    COALESCE(s.replay_deleted_at < months_after(s.ended_at, d.replay_retention_months), false) AS replay_deleted
  FROM period_row AS s
  JOIN anchor_scope AS a ON a.anchor_id = s.anchor_id
  JOIN policy_by_day AS d ON d.settlement_date = s.settlement_date
  LEFT JOIN session_punishment AS p ON p.session_id = s.session_id
  LEFT JOIN session_ineligibility AS i ON i.session_id = s.session_id
),
judged AS (
  SELECT
    t.*,
    t.in_scope AND t.long_enough AND t.settleable AND t.punishments IS NULL
      AND NOT t.suspended AND NOT t.replay_deleted AND NOT t.opted_out
      AND NOT t.frozen AND NOT t.unadmitted_digital_host AND NOT t.expelled AS valid
  FROM tested AS t
)
SELECT
  j.*,
  CASE WHEN NOT j.valid THEN TRIM(LEADING ';' FROM
      CASE WHEN j.in_scope THEN '' ELSE ';out_of_scope' END
        || CASE WHEN j.long_enough THEN '' ELSE ';too_short' END
        || CASE WHEN j.settleable THEN '' ELSE ';not_settleable' END
        || COALESCE(';' || j.punishments, '')
        || CASE WHEN j.suspended THEN ';suspended' ELSE '' END
        || CASE WHEN j.replay_deleted THEN ';replay_deleted' ELSE '' END
        || CASE WHEN j.opted_out THEN ';opted_out' ELSE '' END
        || CASE WHEN j.frozen THEN ';frozen' ELSE '' END
        || CASE WHEN j.unadmitted_digital_host THEN ';unadmitted_digital_host' ELSE '' END
        || CASE WHEN j.expelled THEN ';expelled' ELSE '' END)
    END AS reasons
FROM judged AS j
