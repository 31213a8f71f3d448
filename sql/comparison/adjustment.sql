-- what: every part of an anchor's total that B has not as A, and what goes from one agency to another      grain: anchor_id, settlement_date, part, agency_id
-- reads: a_amount, b_amount, a_anchor, b_anchor, cause_line, comparison_cause, agency_transfer      writes: adjustment (table)
-- why: a closed figure is never changed; what it should be now is paid, or taken back, by a line that says why. Where an anchor is
-- transferred, all that was closed is taken back from its old agency and paid to its new one, which every other line then concerns.
WITH compared AS (
  SELECT anchor_id, settlement_date, part, CAST(SUM(closed) AS DECIMAL(38, 2)) AS closed, CAST(SUM(restated) AS DECIMAL(38, 2)) AS restated
  FROM (
    SELECT anchor_id, settlement_date, part, amount AS closed, 0 AS restated FROM a_amount
    UNION ALL
    SELECT anchor_id, settlement_date, part, 0, amount FROM b_amount
  )
  GROUP BY anchor_id, settlement_date, part
  HAVING SUM(closed) <> SUM(restated)
),
summed AS (
  SELECT l.anchor_id, l.settlement_date, l.part, min(c.place) AS place, c.shown, CAST(SUM(l.amount) AS DECIMAL(38, 2)) AS amount
  FROM cause_line AS l JOIN comparison_cause AS c ON c.cause = l.cause
  GROUP BY l.anchor_id, l.settlement_date, l.part, c.shown
  HAVING SUM(l.amount) <> 0
),
caused AS (
  SELECT anchor_id, settlement_date, part, string_agg(shown || ':' || amount, ';' ORDER BY place) AS causes
  FROM summed GROUP BY anchor_id, settlement_date, part
),
moved AS (
  SELECT a.anchor_id, a.agency_id AS old_agency_id, b.agency_id AS new_agency_id, SUM(m.amount) AS amount
  FROM a_anchor AS a
  JOIN b_anchor AS b ON b.anchor_id = a.anchor_id
  JOIN a_amount AS m ON m.anchor_id = a.anchor_id
  CROSS JOIN agency_transfer AS t
  WHERE t.wanted AND a.agency_id IS DISTINCT FROM b.agency_id
  GROUP BY a.anchor_id, a.agency_id, b.agency_id
  HAVING SUM(m.amount) <> 0
),
transferred AS (
  SELECT anchor_id, old_agency_id AS agency_id, amount AS closed, 0 AS restated FROM moved
  UNION ALL
  SELECT anchor_id, new_agency_id, 0, amount FROM moved
)
SELECT c.anchor_id, CASE WHEN b.anchor_id IS NULL THEN a.agency_id ELSE b.agency_id END AS agency_id,
  c.settlement_date, c.part, c.closed, c.restated, CAST(c.restated - c.closed AS DECIMAL(38, 2)) AS delta, w.causes
FROM compared AS c
LEFT JOIN caused AS w ON w.anchor_id = c.anchor_id AND w.part = c.part AND w.settlement_date IS NOT DISTINCT FROM c.settlement_date
LEFT JOIN a_anchor AS a ON a.anchor_id = c.anchor_id
LEFT JOIN b_anchor AS b ON b.anchor_id = c.anchor_id
UNION ALL
SELECT t.anchor_id, t.agency_id, CAST(NULL AS DATE), 'transfer', CAST(t.closed AS DECIMAL(38, 2)), CAST(t.restated AS DECIMAL(38, 2)),
  CAST(t.restated - t.closed AS DECIMAL(38, 2)), 'agency:' || CAST(t.restated - t.closed AS DECIMAL(38, 2))
FROM transferred AS t
