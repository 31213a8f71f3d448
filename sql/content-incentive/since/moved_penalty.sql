-- what: penalties that came, went, say otherwise than then, or are judged otherwise      grain: penalty_id, session_id, penalized_on
-- reads: penalty_row, session_row, file_then_and_now, moved_session, moved_anchor, pinned_agency, policy_run      writes: moved_penalty (table)
-- why: C12 to C14: a penalty that is imposed, revoked or corrected late changes what was settled before.
-- A penalty counts or not by whose its session is, and an agency's also by where the session's anchor belongs: so it changes with them,
-- but not where the session is of a closed period, in which its anchor stays with the agency that it was paid through.
WITH moved_key AS (
  SELECT DISTINCT n.penalty_id FROM penalty_row AS n JOIN file_then_and_now AS f ON f.file_no = n.file_no WHERE f.moved
),
candidate AS (
  SELECT n.*, f.stood, f.stands FROM penalty_row AS n JOIN file_then_and_now AS f ON f.file_no = n.file_no
),
stood AS (SELECT *, row_number() OVER (PARTITION BY penalty_id ORDER BY file_no DESC) AS newest FROM candidate WHERE stood),
stands AS (SELECT *, row_number() OVER (PARTITION BY penalty_id ORDER BY file_no DESC) AS newest FROM candidate WHERE stands),
was AS (SELECT * EXCLUDE (file_no, line, stood, stands, newest) FROM stood WHERE newest = 1),
is_now AS (SELECT * EXCLUDE (file_no, line, stood, stands, newest) FROM stands WHERE newest = 1),
of_moved_anchor AS (
  SELECT DISTINCT s.session_id
  FROM session_row AS s JOIN file_then_and_now AS f ON f.file_no = s.file_no
  WHERE s.session_id IN (SELECT n.session_id FROM is_now AS n WHERE n.agency_id IS NOT NULL)
    AND s.anchor_id IN (SELECT a.anchor_id FROM moved_anchor AS a WHERE a.left_agency)
    AND (s.anchor_id NOT IN (SELECT a.anchor_id FROM pinned_agency AS a)
      OR NOT EXISTS (SELECT 1 FROM policy_run AS p WHERE CAST(s.ended_at AS DATE) BETWEEN p.period_from AND p.period_to))
),
changed AS (
  (FROM was SEMI JOIN moved_key USING (penalty_id) EXCEPT FROM is_now)
  UNION ALL
  (FROM is_now SEMI JOIN moved_key USING (penalty_id) EXCEPT FROM was)
  UNION ALL
  SELECT n.* FROM is_now AS n
  WHERE n.session_id IN (SELECT s.session_id FROM moved_session AS s)
    OR n.session_id IN (SELECT m.session_id FROM of_moved_anchor AS m)
)
SELECT DISTINCT penalty_id, session_id, CAST(penalized_at AS DATE) AS penalized_on FROM changed
