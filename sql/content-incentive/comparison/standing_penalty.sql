-- what: the penalty rows of A, or those of B where that is done      grain: that of the rows
-- reads: a_standing_penalty, b_standing_penalty, done_cause      writes: standing_penalty (view)
-- why: each step of a comparison replaces one kind of input and settles again, by the same rules.
SELECT a.* FROM a_standing_penalty AS a WHERE 'penalties' NOT IN (SELECT d.cause FROM done_cause AS d)
UNION ALL BY NAME
SELECT b.* FROM b_standing_penalty AS b WHERE 'penalties' IN (SELECT d.cause FROM done_cause AS d)
