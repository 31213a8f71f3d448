-- inputs/ineligible.csv      grain: anchor_id, from, cause, clause      what made anchors of settlement.csv ineligible, begun by the evaluation date
SELECT i.anchor_id, i.from_time AS "from", i.to_time AS "to", i.cause, i.clause, quoted(i.source_file) AS source_file, i.line AS source_line
FROM standing_ineligible AS i CROSS JOIN policy_run AS p
WHERE CAST(i.from_time AS DATE) <= p.as_of
  AND i.anchor_id IN (SELECT s.anchor_id FROM anchor_settlement AS s)
ORDER BY i.anchor_id, i.from_time, i.cause, i.clause
