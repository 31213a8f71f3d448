-- what: the scarcity rows of A, or those of B where that is done      grain: that of the rows
-- reads: a_standing_scarcity, b_standing_scarcity, done_cause      writes: standing_scarcity (table)
-- why: each step of a comparison replaces one kind of input and settles again, by the same rules.
SELECT a.* FROM a_standing_scarcity AS a WHERE 'scarcity' NOT IN (SELECT d.cause FROM done_cause AS d)
UNION ALL BY NAME
SELECT b.* FROM b_standing_scarcity AS b WHERE 'scarcity' IN (SELECT d.cause FROM done_cause AS d)
