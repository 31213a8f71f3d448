-- What engines say each in its own way, for Spark 4; sql/dialects/duckdb/portable.sql has the same functions.
-- A session has `spark.sql.ansi.enabled` and not `spark.sql.decimalOperations.allowPrecisionLoss`: sql/dialects/probe.yaml
-- asks for what would be wrong otherwise. Statements end with a semicolon at the end of a line.

-- Texts of an array in the order of their bytes, with semicolons between.
CREATE OR REPLACE TEMPORARY FUNCTION in_order(x ARRAY<STRING>) RETURNS STRING RETURN array_join(array_sort(x), ';');
-- 8 bytes of a text, by which few candidates are found before they are compared; each engine has its own.
CREATE OR REPLACE TEMPORARY FUNCTION key_hash(x STRING) RETURNS BIGINT RETURN xxhash64(x);
-- A text of the form of an id. A dollar sign would let a line end pass behind it.
CREATE OR REPLACE TEMPORARY FUNCTION is_id(x STRING) RETURNS BOOLEAN RETURN x RLIKE r'\A[A-Za-z0-9][A-Za-z0-9_.-]{0,63}\z';
-- Whole seconds from one time to another.
CREATE OR REPLACE TEMPORARY FUNCTION seconds_between(a TIMESTAMP_NTZ, b TIMESTAMP_NTZ) RETURNS BIGINT RETURN timestampdiff(SECOND, a, b);
-- A date a number of days later.
CREATE OR REPLACE TEMPORARY FUNCTION days_after(day DATE, n INT) RETURNS DATE RETURN date_add(day, n);
-- A time a number of calendar months later; where the month is too short, on its last day.
CREATE OR REPLACE TEMPORARY FUNCTION months_after(moment TIMESTAMP_NTZ, n INT) RETURNS TIMESTAMP_NTZ RETURN moment + make_ym_interval(0, n);

-- Minutes x CNY per minute x multiplier, rounded half up to the fen, once (C7). The product has up to 23 digits before the point
-- and 11 behind it; the types leave it 36 digits, so none is cut.
CREATE OR REPLACE TEMPORARY FUNCTION watch_time_fen(dwell DECIMAL(15, 2), price DECIMAL(12, 6), multiplier DECIMAL(7, 3)) RETURNS DECIMAL(38, 2)
  RETURN CAST(ROUND(dwell * price * multiplier, 2) AS DECIMAL(38, 2));
