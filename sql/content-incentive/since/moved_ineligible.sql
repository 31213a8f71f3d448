-- what: rows of ineligible anchors that came, went or say otherwise than then      grain: anchor_id, from_time, to_time, cause, clause
-- reads: ineligible_row, file_then_and_now      writes: moved_ineligible (table)
-- why: P6: a freeze that is imposed or revoked late changes what was settled before. A row that changed stands as it was and as it is.
WITH moved_key AS (
  SELECT DISTINCT i.anchor_id, i.from_time, i.cause, i.clause
  FROM ineligible_row AS i JOIN file_then_and_now AS f ON f.file_no = i.file_no WHERE f.moved
),
candidate AS (
  SELECT i.*, f.stood, f.stands
  FROM ineligible_row AS i JOIN file_then_and_now AS f ON f.file_no = i.file_no
  SEMI JOIN moved_key AS k ON k.anchor_id = i.anchor_id AND k.from_time = i.from_time AND k.cause = i.cause AND k.clause = i.clause
),
stood AS (SELECT *, row_number() OVER (PARTITION BY anchor_id, from_time, cause, clause ORDER BY file_no DESC) AS newest FROM candidate WHERE stood),
stands AS (SELECT *, row_number() OVER (PARTITION BY anchor_id, from_time, cause, clause ORDER BY file_no DESC) AS newest FROM candidate WHERE stands),
was AS (SELECT * EXCLUDE (file_no, line, stood, stands, newest) FROM stood WHERE newest = 1),
is_now AS (SELECT * EXCLUDE (file_no, line, stood, stands, newest) FROM stands WHERE newest = 1)
(FROM was EXCEPT FROM is_now)
UNION ALL
(FROM is_now EXCEPT FROM was)
