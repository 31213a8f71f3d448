-- what: rows of scarcity tables that came, went or say otherwise than then      grain: track, effective_from
-- reads: scarcity_row, file_then_and_now      writes: moved_scarcity (table)
-- why: C6: a session without an index of its own is paid by the table's.
WITH moved_key AS (
  SELECT DISTINCT s.track, s.effective_from FROM scarcity_row AS s JOIN file_then_and_now AS f ON f.file_no = s.file_no WHERE f.moved
),
candidate AS (
  SELECT s.*, f.stood, f.stands
  FROM scarcity_row AS s JOIN file_then_and_now AS f ON f.file_no = s.file_no
  JOIN moved_key AS k ON k.track = s.track AND k.effective_from = s.effective_from
),
stood AS (SELECT *, row_number() OVER (PARTITION BY track, effective_from ORDER BY file_no DESC) AS newest FROM candidate WHERE stood),
stands AS (SELECT *, row_number() OVER (PARTITION BY track, effective_from ORDER BY file_no DESC) AS newest FROM candidate WHERE stands),
was AS (SELECT * EXCLUDE (file_no, line, stood, stands, newest) FROM stood WHERE newest = 1),
is_now AS (SELECT * EXCLUDE (file_no, line, stood, stands, newest) FROM stands WHERE newest = 1),
changed AS (
  (FROM was EXCEPT FROM is_now)
  UNION ALL
  (FROM is_now EXCEPT FROM was)
)
SELECT DISTINCT track, effective_from FROM changed
