-- what: what became of every sound row of the programme's exports      grain: file_no, line
-- reads: digital_session_row, digital_admission_row, digital_supplier_row, live_account_row, active_file, standing_digital_session, standing_admission, standing_supplier, standing_live_account, digital_session_of_period      writes: record_row (table)
-- why: a row that stands nowhere is one that nobody judged.
WITH sound AS (
  SELECT r.file_no, r.line FROM digital_session_row AS r
  UNION ALL
  SELECT r.file_no, r.line FROM digital_admission_row AS r
  UNION ALL
  SELECT r.file_no, r.line FROM digital_supplier_row AS r
  UNION ALL
  SELECT r.file_no, r.line FROM live_account_row AS r
),
stands AS (
  SELECT s.file_no, s.line, p.session_id IS NOT NULL AS inside
  FROM standing_digital_session AS s LEFT JOIN digital_session_of_period AS p ON p.session_id = s.session_id
  UNION ALL
  SELECT a.file_no, a.line, true FROM standing_admission AS a
  UNION ALL
  SELECT l.file_no, l.line, true FROM standing_supplier AS l
  UNION ALL
  SELECT c.file_no, c.line, true FROM standing_live_account AS c
)
SELECT s.file_no, s.line, CASE WHEN t.inside IS NULL THEN 'superseded' WHEN t.inside THEN 'settled' ELSE 'outside_period' END AS became
FROM sound AS s
JOIN active_file AS f ON f.file_no = s.file_no
LEFT JOIN stands AS t ON t.file_no = s.file_no AND t.line = s.line
