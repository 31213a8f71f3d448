-- what: how many rows touch the period      grain: what
-- reads: moved_session, moved_fault, policy_run      writes: touch (table)
-- why: a period that none touches has the figures that it had.
SELECT what, count(*) AS rows FROM (
  SELECT 'session' AS what, m.session_id AS id FROM moved_session AS m CROSS JOIN policy_run AS p WHERE m.ended_on BETWEEN p.period_from AND p.as_of
  UNION
  SELECT 'faulty row', file || ' ' || line FROM moved_fault
) GROUP BY what
