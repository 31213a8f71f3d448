-- audit: unsettled_are_named
-- why: a quarantined session row that stands in no list is one that nobody waits for, and is never paid.
SELECT a.quarantined, u.rows
FROM run_accounting AS a
CROSS JOIN (SELECT COUNT(*) AS rows FROM unsettled_session) AS u
WHERE a.quarantined <> u.rows
