-- inputs/penalties.csv      grain: penalty_id      sound penalties of a session, an anchor or an agency in this settlement, revoked ones too
SELECT p.penalty_id, p.anchor_id, p.agency_id, p.session_id, p.kind, p.penalized_at, p.status, quoted(p.source_file) AS source_file, p.line AS source_line
FROM judged_penalty AS p
WHERE p.fault IS NULL
  AND (p.anchor_id IN (SELECT anchor_id FROM anchor_settlement)
    OR p.agency_id IN (SELECT agency_id FROM anchor_settlement WHERE agency_id IS NOT NULL)
    OR p.session_id IN (SELECT s.session_id FROM session_line AS s WHERE s.session_id IN (SELECT j.session_id FROM judged_penalty AS j)))
ORDER BY p.penalty_id
