-- what: the admissions that stand after supersession      grain: admission_id
-- reads: digital_admission_row, active_file      writes: standing_admission (table)
-- why: an approval or a withdrawal that comes in a later file takes the place of the admission as it was (D5).
SELECT r.admission_id, r.merchant_id, r.part, r.part_id, r.approved_at, r.withdrawn_at, f.file AS source_file, r.file_no, r.line
FROM digital_admission_row AS r JOIN active_file AS f ON f.file_no = r.file_no
WHERE NOT EXISTS (
  SELECT 1 FROM digital_admission_row AS later JOIN active_file AS g ON g.file_no = later.file_no
  WHERE later.admission_id = r.admission_id AND later.file_no > r.file_no)
