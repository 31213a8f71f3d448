-- what: the anchor rows of A, or those of B where that is done      grain: that of the rows
-- reads: a_standing_anchor, b_standing_anchor, done_cause      writes: standing_anchor (table)
-- why: each step of a comparison replaces one kind of input and settles again, by the same rules.
SELECT a.* FROM a_standing_anchor AS a WHERE 'anchors' NOT IN (SELECT d.cause FROM done_cause AS d)
UNION ALL BY NAME
SELECT b.* FROM b_standing_anchor AS b WHERE 'anchors' IN (SELECT d.cause FROM done_cause AS d)
