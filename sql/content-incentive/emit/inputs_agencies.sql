-- inputs/agencies.csv      grain: agency_id      the agencies of settlement.csv and unsettled.csv that an agencies export names
-- A penalty on an agency that stands in inputs/penalties.csv is on one of these, too.
SELECT a.agency_id, text_cell(a.name) AS name, quoted(a.source_file) AS source_file, a.line AS source_line
FROM standing_agency AS a
WHERE a.name IS NOT NULL
  AND (a.agency_id IN (SELECT s.agency_id FROM anchor_settlement AS s WHERE s.agency_id IS NOT NULL)
    OR a.agency_id IN (SELECT u.agency_id FROM unsettled_session AS u WHERE u.agency_id IS NOT NULL))
ORDER BY a.agency_id
