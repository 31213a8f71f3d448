-- inputs/digital_suppliers.csv      grain: supplier_id, listed_from      the marketplace's list
SELECT l.supplier_id, l.listed_from, l.listed_to, quoted(l.source_file) AS source_file, l.line AS source_line
FROM standing_supplier AS l
ORDER BY l.supplier_id, l.listed_from
