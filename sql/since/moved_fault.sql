-- what: session rows left out for their form that came, went or have another fault than then      grain: file, line
-- reads: unsound_row, row_fault, file_then_and_now, policy_run      writes: moved_fault (table)
-- why: quarantine.csv of a period names every row of it that isn't paid, and none that has been mended.
-- A row whose end can't be read, and one of another kind of file, stands in the quarantine of every period and in the figures
-- of none: the period that is settled every night tells of it.
WITH fault AS (
  SELECT f.file, u.line, r.column_name, r.code, r.cell, f.stood
  FROM unsound_row AS u
  JOIN file_then_and_now AS f ON f.file_no = u.file_no
  JOIN row_fault AS r ON r.file_no = u.file_no AND r.line = u.line
  CROSS JOIN policy_run AS p
  WHERE f.moved AND CAST(u.session_ended_at AS DATE) BETWEEN p.period_from AND p.as_of
),
was AS (SELECT * EXCLUDE (stood) FROM fault WHERE stood),
is_now AS (SELECT * EXCLUDE (stood) FROM fault WHERE NOT stood),
changed AS (
  (FROM was EXCEPT FROM is_now)
  UNION ALL
  (FROM is_now EXCEPT FROM was)
)
SELECT DISTINCT file, line FROM changed
