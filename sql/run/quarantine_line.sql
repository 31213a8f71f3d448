-- what: every fault that leaves a row out of this run      grain: file, line, column_name, code
-- reads: row_fault, unsound_row, active_file, session_fault, judged_penalty, policy_run, policy_kind      writes: quarantine_line (table)
-- why: no row is left out in silence. A session that ends outside the period is outside, whatever else is wrong with it.
-- What is wrong with an export that the programme doesn't read is told by the programmes that do.
WITH faulty AS (
  SELECT r.file_no, r.line, r.column_name, r.code, r.cell
  FROM row_fault AS r
  JOIN unsound_row AS u ON u.file_no = r.file_no AND u.line = r.line
  CROSS JOIN policy_run AS p
  WHERE u.session_ended_at IS NULL OR CAST(u.session_ended_at AS DATE) BETWEEN p.period_from AND p.as_of
  UNION ALL
  SELECT s.file_no, s.line, s.column_name, s.code, s.cell FROM session_fault AS s
  UNION ALL
  SELECT p.file_no, p.line,
    CASE WHEN p.fault = 'unknown_anchor' THEN 'anchor_id' ELSE 'session_id' END,
    p.fault,
    CASE WHEN p.fault = 'unknown_anchor' THEN p.anchor_id ELSE p.session_id END
  FROM judged_penalty AS p
  WHERE p.fault IS NOT NULL
)
SELECT f.file_no, a.file, a.kind, f.line, f.column_name, f.code, f.cell
FROM faulty AS f
JOIN active_file AS a ON a.file_no = f.file_no
JOIN policy_kind AS k ON k.kind = a.kind
