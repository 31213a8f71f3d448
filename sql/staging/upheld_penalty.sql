-- what: the penalties that count      grain: penalty_id
-- reads: judged_penalty      writes: upheld_penalty (view)
-- why: C14: a revoked penalty counts nowhere; a quarantined one doesn't either.
SELECT penalty_id, anchor_id, agency_id, session_id, kind, penalized_at, CAST(penalized_at AS DATE) AS penalized_on
FROM judged_penalty
WHERE fault IS NULL AND status = 'upheld'
