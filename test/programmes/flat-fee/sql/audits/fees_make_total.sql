-- audit: fees_make_total
-- why: no fee may fall out between the sessions and the control total.
SELECT t.total FROM run_total AS t WHERE t.total <> (SELECT COALESCE(SUM(amount), 0) FROM session_line)
