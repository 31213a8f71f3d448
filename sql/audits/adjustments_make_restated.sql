-- audit: adjustments_make_restated      when: restated
-- why: closed + adjustments must be the restated total of every anchor and every agency, and a line's causes its difference, or somebody is paid twice or not at all.
SELECT anchor_id, SUM(closed) AS closed, SUM(delta) AS delta, SUM(restated) AS restated
FROM (
  SELECT anchor_id, amount AS closed, 0 AS delta, 0 AS restated FROM a_amount
  UNION ALL
  SELECT anchor_id, 0, delta, 0 FROM adjustment
  UNION ALL
  SELECT anchor_id, 0, 0, total FROM anchor_settlement
)
GROUP BY anchor_id
HAVING SUM(closed) + SUM(delta) <> SUM(restated)
UNION ALL
SELECT agency_id, SUM(closed), SUM(delta), SUM(restated)
FROM (
  SELECT a.agency_id, m.amount AS closed, 0 AS delta, 0 AS restated FROM a_amount AS m JOIN a_anchor AS a ON a.anchor_id = m.anchor_id
  UNION ALL
  SELECT agency_id, 0, delta, 0 FROM adjustment
  UNION ALL
  SELECT agency_id, 0, 0, total FROM anchor_settlement
)
GROUP BY agency_id
HAVING SUM(closed) + SUM(delta) <> SUM(restated)
UNION ALL
SELECT anchor_id, 0, SUM(delta), SUM(caused)
FROM (
  SELECT anchor_id, settlement_date, part, delta, 0 AS caused FROM adjustment WHERE part <> 'transfer'
  UNION ALL
  SELECT anchor_id, settlement_date, part, 0, amount FROM cause_line
)
GROUP BY anchor_id, settlement_date, part
HAVING SUM(delta) <> SUM(caused)
