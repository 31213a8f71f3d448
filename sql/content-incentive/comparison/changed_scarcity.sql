-- what: rows of the scarcity table that A and B have not alike      grain: one row a track, date and side
-- reads: a_standing_scarcity, b_standing_scarcity      writes: changed_scarcity (table)
-- why: where none is changed, nothing has to be settled again for the scarcity table.
WITH a AS (SELECT track, effective_from, scarcity_index FROM a_standing_scarcity),
b AS (SELECT track, effective_from, scarcity_index FROM b_standing_scarcity)
SELECT * FROM (FROM a EXCEPT FROM b)
UNION ALL BY NAME
SELECT * FROM (FROM b EXCEPT FROM a)
