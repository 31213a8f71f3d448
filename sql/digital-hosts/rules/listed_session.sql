-- rule: listed_session      clause: D2      grain: session_id
-- reads: digital_session_of_period, standing_supplier      writes: listed_session (table)
-- why: who isn't on the marketplace's list on the day may not supply a host on it, whatever was or will be.
-- The first and the last day of a span count. A session is here where its supplier is on the list.
SELECT DISTINCT s.session_id
FROM digital_session_of_period AS s
JOIN standing_supplier AS l ON l.supplier_id = s.supplier_id
WHERE s.judged_on >= l.listed_from AND (l.listed_to IS NULL OR s.judged_on <= l.listed_to)
