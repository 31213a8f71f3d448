-- what: penalties that A and B have not alike, or judge not alike      grain: one row a penalty and side
-- reads: a_judged_penalty, b_judged_penalty      writes: changed_penalty (table)
-- why: where none is changed, nothing has to be settled again for penalties.
WITH a AS (SELECT penalty_id, anchor_id, agency_id, session_id, kind, penalized_at, status, fault FROM a_judged_penalty),
b AS (SELECT penalty_id, anchor_id, agency_id, session_id, kind, penalized_at, status, fault FROM b_judged_penalty)
SELECT * FROM (FROM a EXCEPT FROM b)
UNION ALL BY NAME
SELECT * FROM (FROM b EXCEPT FROM a)
