-- adjustments.csv      grain: anchor_id, date, part, agency_id      what the closed figures come to by a restatement, blank dates first
SELECT anchor_id, agency_id, settlement_date AS date, part, money_cell(closed) AS closed, money_cell(restated) AS restated, money_cell(delta) AS delta, causes
FROM adjustment
ORDER BY anchor_id, settlement_date NULLS FIRST, part, agency_id NULLS FIRST
