-- inputs/digital_admissions.csv      grain: admission_id      every admission that stands
SELECT a.admission_id, a.merchant_id, a.part, a.part_id, a.approved_at, a.withdrawn_at, quoted(a.source_file) AS source_file, a.line AS source_line
FROM standing_admission AS a
ORDER BY a.admission_id
