-- what: what an anchor is paid      grain: anchor_id
-- reads: session_line, standing_anchor      writes: anchor_settlement (table)
-- why: fees are paid together.
SELECT s.anchor_id, a.agency_id, COUNT(*) AS sessions, CAST(SUM(CASE WHEN s.valid THEN 1 ELSE 0 END) AS BIGINT) AS valid_sessions,
  CAST(SUM(s.amount) AS DECIMAL(38, 2)) AS total
FROM session_line AS s LEFT JOIN standing_anchor AS a ON a.anchor_id = s.anchor_id
GROUP BY s.anchor_id, a.agency_id
