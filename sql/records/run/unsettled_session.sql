-- what: every row that is quarantined      grain: file_no, line
-- reads: quarantine_line      writes: unsettled_session (table)
-- why: who waits for what must be known; of records none is a session, and each stands for itself.
SELECT q.file_no, q.file, q.line, in_order(array_agg(q.code)) AS codes
FROM (SELECT DISTINCT l.file_no, l.file, l.line, l.code FROM quarantine_line AS l) AS q
GROUP BY q.file_no, q.file, q.line
