-- audit: no_binary_float
-- why: a DOUBLE anywhere is an inexact figure sooner or later.
SELECT table_name, column_name, data_type
FROM duckdb_columns()
WHERE NOT internal AND (data_type LIKE '%DOUBLE%' OR data_type LIKE '%FLOAT%')
