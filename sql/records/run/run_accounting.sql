-- what: what became of every row of the programme's exports that the standing files hold      grain: one row
-- reads: active_file, policy_kind, collapsed_row, record_row, quarantine_line      writes: run_accounting (table)
-- why: rows_read must be the sum of the others, or a row was lost on the way, and nobody was told.
-- `record_row` says of each sound row what became of it: settled, outside_period, superseded.
WITH own_file AS (
  SELECT f.file_no, f.rows FROM active_file AS f JOIN policy_kind AS k ON k.kind = f.kind
)
SELECT
  CAST((SELECT COALESCE(SUM(f.rows), 0) FROM own_file AS f) AS BIGINT) AS rows_read,
  CAST((SELECT COUNT(*) FROM record_row AS r WHERE r.became = 'settled') AS BIGINT) AS settled,
  CAST((SELECT COUNT(*) FROM record_row AS r WHERE r.became = 'outside_period') AS BIGINT) AS outside_period,
  CAST((SELECT COUNT(*) FROM record_row AS r WHERE r.became = 'superseded') AS BIGINT) AS superseded,
  CAST((SELECT COUNT(*) FROM collapsed_row AS c JOIN own_file AS f ON f.file_no = c.file_no) AS BIGINT) AS collapsed,
  CAST((SELECT COUNT(*) FROM (SELECT DISTINCT q.file_no, q.line FROM quarantine_line AS q)) AS BIGINT) AS quarantined
