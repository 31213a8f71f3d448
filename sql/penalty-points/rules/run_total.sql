-- what: what the run counts      grain: one row
-- reads: judged_violation, measure, judged_viewer      writes: run_total (table)
-- why: whoever keeps order compares these with what was done.
SELECT
  (SELECT COUNT(*) FROM judged_violation AS j WHERE j.status = 'upheld') AS violations,
  (SELECT COUNT(*) FROM measure AS m WHERE m.measure <> 'expel') AS freezes,
  (SELECT COUNT(*) FROM measure AS m WHERE m.measure = 'expel') AS expulsions,
  (SELECT COUNT(*) FROM judged_viewer AS v WHERE v.comments = 'closed') AS viewers_closed
