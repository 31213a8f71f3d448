-- what: the sessions of the period with as many causes taken from B as are done      grain: session_id
-- reads: a_period_row, b_period_row, leaving_session, entering_session, affected_anchor, done_cause      writes: period_row (view)
-- why: each step of a comparison replaces one kind of input and settles again, by the same rules.
SELECT a.*
FROM a_period_row AS a
WHERE a.anchor_id IN (SELECT f.anchor_id FROM affected_anchor AS f)
  AND NOT EXISTS (SELECT 1 FROM leaving_session AS l JOIN done_cause AS d ON d.cause = l.cause WHERE l.file_no = a.file_no AND l.line = a.line)
UNION ALL BY NAME
SELECT e.* EXCLUDE (cause)
FROM entering_session AS e
WHERE e.cause IN (SELECT d.cause FROM done_cause AS d)
  AND e.anchor_id IN (SELECT f.anchor_id FROM affected_anchor AS f)
