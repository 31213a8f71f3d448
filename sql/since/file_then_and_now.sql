-- what: the files that stood when the earlier run was settled, those that stand now, and those of both      grain: file_no
-- reads: export_file, earlier_run, policy_run, policy_kind      writes: file_then_and_now (table)
-- why: a period is settled again only for what came or went since; by numbers of loads, for clocks may be wrong.
-- `stood`: then. `stands`: now. `moved`: one and not the other. What came and went in between is in none.
SELECT file_no, file, kind, stood, stands, stood <> stands AS moved
FROM (
  SELECT f.file_no, f.file, f.kind,
    f.load_no <= e.known_load AND (f.replaced_by_load IS NULL OR f.replaced_by_load > e.known_load) AS stood,
    f.load_no <= p.known_load AND (f.replaced_by_load IS NULL OR f.replaced_by_load > p.known_load) AS stands
  FROM export_file AS f CROSS JOIN earlier_run AS e CROSS JOIN policy_run AS p
  WHERE f.kind IN (SELECT k.kind FROM policy_kind AS k)
)
WHERE stood OR stands
