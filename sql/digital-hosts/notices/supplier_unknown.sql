-- notice: supplier_unknown      clause: D2      grain: subject
-- reads: digital_session_of_period, standing_supplier      writes: notice_supplier_unknown (table)
-- why: a misspelt supplier stops every session that it supplies, and freezes the accounts.
SELECT 'supplier_unknown' AS code, 'attention' AS severity, '' AS file, s.supplier_id AS subject, COUNT(*) AS count, '' AS value,
  'supplier ' || s.supplier_id || ' of ' || counted(COUNT(*), 'digital session') || ' is on no list of any day: ' || CASE WHEN COUNT(*) = 1 THEN 'it counts' ELSE 'they count' END
    || ' as not admitted. Correct the supplier, or export the list with it, and run again.' AS message
FROM digital_session_of_period AS s
WHERE s.supplier_id IS NOT NULL AND s.supplier_id NOT IN (SELECT l.supplier_id FROM standing_supplier AS l)
GROUP BY s.supplier_id
