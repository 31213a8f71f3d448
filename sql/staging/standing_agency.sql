-- what: the agency rows that stand after supersession      grain: agency_id
-- reads: agency_row, active_file      writes: standing_agency (table)
-- why: a later-loaded file supersedes an earlier one's row of the same key; people know an agency by its name.
SELECT a.agency_id, a.name, f.file AS source_file, a.line
FROM agency_row AS a JOIN active_file AS f ON f.file_no = a.file_no
WHERE NOT EXISTS (
  SELECT 1 FROM agency_row AS later JOIN active_file AS g ON g.file_no = later.file_no
  WHERE later.agency_id = a.agency_id AND later.file_no > a.file_no)
