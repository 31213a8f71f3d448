-- what: the files that stood when the last load that counts was done      grain: file_no
-- reads: export_file, policy_run, policy_kind      writes: active_file (table)
-- why: a replaced file keeps its rows in the warehouse, and none of them may count; nor may what came later than is asked for.
-- Of other kinds no figure follows: where money is sent, and what other programmes read, may change without a month being settled again.
SELECT f.file_no, f.file, f.kind, f.sha256, f.rows, f.columns, f.unknown_columns, f.reading
FROM export_file AS f
CROSS JOIN policy_run AS p
WHERE f.load_no <= p.known_load
  AND f.kind IN (SELECT k.kind FROM policy_kind AS k)
  AND (f.replaced_by_load IS NULL OR f.replaced_by_load > p.known_load)
