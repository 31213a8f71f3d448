-- what: sessions whose standing row is another than then, as it was and as it is      grain: session_id, ended_on, anchor_id
-- reads: session_row, file_then_and_now, penalty_row, policy_run      writes: moved_session (table)
-- why: a late, corrected or withdrawn session changes the period that it ended in, and the one that it ends in now.
-- A row that comes again as it stood changes nothing. Looked at are sessions with some row in the period, and those that
-- a penalty names, wherever they end: whose they are decides whether the penalty counts. So a night's load is compared
-- with its own keys and not with the warehouse.
WITH looked_at AS (
  SELECT s.session_id
  FROM session_row AS s JOIN file_then_and_now AS f ON f.file_no = s.file_no CROSS JOIN policy_run AS p
  WHERE CAST(s.ended_at AS DATE) BETWEEN p.period_from AND p.as_of
  UNION
  SELECT n.session_id FROM penalty_row AS n JOIN file_then_and_now AS f ON f.file_no = n.file_no WHERE n.session_id IS NOT NULL
),
moved_key AS (
  SELECT DISTINCT s.session_id
  FROM session_row AS s JOIN file_then_and_now AS f ON f.file_no = s.file_no
  WHERE f.moved AND s.session_id IN (SELECT l.session_id FROM looked_at AS l)
),
candidate AS (
  SELECT s.*, f.stood, f.stands
  FROM session_row AS s JOIN file_then_and_now AS f ON f.file_no = s.file_no
  WHERE s.session_id IN (SELECT k.session_id FROM moved_key AS k)
),
stood AS (SELECT *, row_number() OVER (PARTITION BY session_id ORDER BY file_no DESC) AS newest FROM candidate WHERE stood),
stands AS (SELECT *, row_number() OVER (PARTITION BY session_id ORDER BY file_no DESC) AS newest FROM candidate WHERE stands),
was AS (SELECT * EXCLUDE (file_no, line, stood, stands, newest) FROM stood WHERE newest = 1),
is_now AS (SELECT * EXCLUDE (file_no, line, stood, stands, newest) FROM stands WHERE newest = 1),
changed AS (
  (FROM was EXCEPT FROM is_now)
  UNION ALL
  (FROM is_now EXCEPT FROM was)
)
SELECT DISTINCT session_id, CAST(ended_at AS DATE) AS ended_on, anchor_id FROM changed
