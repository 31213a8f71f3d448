-- what: the sessions that penalties name: of the period as they stand in this step, others as they stood with the penalties      grain: session_id
-- reads: period_row, standing_penalty, a_named_session, b_named_session, done_cause      writes: named_session (table)
-- why: a penalty must be held against the session it names, wherever that ended.
WITH in_period AS (
  SELECT r.session_id, r.anchor_id, r.settlement_date
  FROM period_row AS r
  WHERE r.session_id IN (SELECT p.session_id FROM standing_penalty AS p WHERE p.session_id IS NOT NULL)
),
elsewhere AS (
  SELECT a.* FROM a_named_session AS a WHERE 'penalties' NOT IN (SELECT d.cause FROM done_cause AS d)
  UNION ALL BY NAME
  SELECT b.* FROM b_named_session AS b WHERE 'penalties' IN (SELECT d.cause FROM done_cause AS d)
)
SELECT i.session_id, i.anchor_id, i.settlement_date FROM in_period AS i
UNION ALL
SELECT e.session_id, e.anchor_id, e.settlement_date
FROM elsewhere AS e ANTI JOIN in_period AS i ON i.session_id = e.session_id
