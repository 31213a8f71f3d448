-- what: how many rows of the programme's exports came or went with their files      grain: what
-- reads: file_then_and_now, export_file, policy_kind      writes: touch (table)
-- why: a period whose exports are as they were has the lists that it had.
SELECT f.kind AS what, CAST(SUM(e.rows) AS BIGINT) AS rows
FROM file_then_and_now AS f
JOIN export_file AS e ON e.file_no = f.file_no
JOIN policy_kind AS k ON k.kind = f.kind
WHERE f.moved
GROUP BY f.kind
