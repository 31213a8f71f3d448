-- what: every standing penalty with what is wrong with it, if anything      grain: penalty_id
-- reads: standing_penalty, standing_anchor, named_session, policy_run      writes: judged_penalty (table)
-- why: a penalty of one anchor must not take away another's session (contract: unknown_anchor, penalty_session_mismatch).
-- An agency's own sessions of the period are those of the anchors that count for it, others those of the anchors that it has now.
SELECT p.penalty_id, p.anchor_id, p.agency_id, p.session_id, p.kind, p.penalized_at, p.status, p.source_file, p.file_no, p.line,
  CASE
    WHEN p.anchor_id IS NOT NULL AND own.anchor_id IS NULL THEN 'unknown_anchor'
    WHEN s.session_id IS NULL THEN NULL
    WHEN p.anchor_id IS NOT NULL AND s.anchor_id <> p.anchor_id THEN 'penalty_session_mismatch'
    WHEN p.agency_id IS NOT NULL AND p.agency_id IS DISTINCT FROM CASE WHEN r.period_from IS NULL THEN streamer.latest_agency_id ELSE streamer.agency_id END THEN 'penalty_session_mismatch'
  END AS fault,
  p.session_id IS NOT NULL AND s.session_id IS NULL AS names_unknown_session
FROM standing_penalty AS p
LEFT JOIN standing_anchor AS own ON own.anchor_id = p.anchor_id
LEFT JOIN named_session AS s ON s.session_id = p.session_id
LEFT JOIN policy_run AS r ON s.settlement_date BETWEEN r.period_from AND r.period_to
LEFT JOIN standing_anchor AS streamer ON streamer.anchor_id = s.anchor_id
