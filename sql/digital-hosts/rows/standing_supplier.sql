-- what: the spans of the marketplace's list of suppliers that stand after supersession      grain: supplier_id, listed_from
-- reads: digital_supplier_row, active_file      writes: standing_supplier (table)
-- why: a supplier that leaves the list in a later file is on it no longer than that says (D2).
SELECT r.supplier_id, r.listed_from, r.listed_to, f.file AS source_file, r.file_no, r.line
FROM digital_supplier_row AS r JOIN active_file AS f ON f.file_no = r.file_no
WHERE NOT EXISTS (
  SELECT 1 FROM digital_supplier_row AS later JOIN active_file AS g ON g.file_no = later.file_no
  WHERE later.supplier_id = r.supplier_id AND later.listed_from = r.listed_from AND later.file_no > r.file_no)
