-- what: the files that stand      grain: file_no
-- reads: export_file      writes: active_file (table)
-- why: a replaced file keeps its rows in the warehouse, and none of them may count.
SELECT file_no, file, kind, sha256, rows, unknown_columns
FROM export_file
WHERE replaced_by_load IS NULL
