-- audit: causes_are_known      when: restated
-- why: one program settles the same rows by the same policy to the same figures; what it can't explain is an error of the comparison.
SELECT l.anchor_id, l.settlement_date, l.part, l.amount
FROM cause_line AS l
CROSS JOIN compared_program AS p
WHERE l.cause = 'program' AND p.same
