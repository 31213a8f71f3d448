-- inputs/penalties.csv      grain: penalty_id      sound penalties of an anchor or an agency in this settlement, revoked ones too
-- A penalty that names a session is of that session's anchor or of its agency, else it has a fault.
SELECT p.penalty_id, p.anchor_id, p.agency_id, p.session_id, p.kind, p.penalized_at, p.status, quoted(p.source_file) AS source_file, p.line AS source_line
FROM judged_penalty AS p
WHERE p.fault IS NULL
  AND (p.anchor_id IN (SELECT anchor_id FROM anchor_settlement)
    OR p.agency_id IN (SELECT agency_id FROM anchor_settlement WHERE agency_id IS NOT NULL))
ORDER BY p.penalty_id
