-- What engines say each in its own way; the shared steps call these by name (sql/README.md, "Several engines").
-- sql/dialects/spark/portable.sql has the same functions, and sql/dialects/probe.yaml asks both for the same answers.

-- Texts of an array in the order of their bytes, with semicolons between. An ordered string_agg takes four times as long.
CREATE OR REPLACE TEMP MACRO in_order(x) AS array_to_string(list_sort(x), ';');
-- 8 bytes of a text, by which few candidates are found before they are compared; each engine has its own.
CREATE OR REPLACE TEMP MACRO key_hash(x) AS hash(x);
-- A text of the form of an id.
CREATE OR REPLACE TEMP MACRO is_id(x) AS regexp_full_match(x, '[A-Za-z0-9][A-Za-z0-9_.-]{0,63}');
-- Whole seconds from one time to another.
CREATE OR REPLACE TEMP MACRO seconds_between(a, b) AS datediff('second', a, b);
-- A date a number of days later.
CREATE OR REPLACE TEMP MACRO days_after(day, n) AS day + n;
-- A time a number of calendar months later; where the month is too short, on its last day.
CREATE OR REPLACE TEMP MACRO months_after(moment, n) AS moment + n * INTERVAL '1' MONTH;

-- Minutes x CNY per minute x multiplier, rounded half up to the fen, once (C7). The product has up to 23 digits before the point
-- and 11 behind it: 128 bits, whose rounding is some 80 times as slow as that of 64. So the usual product, below 10^7, is
-- computed in 64 bits (the guard leaves it no more than the 18 digits that fit), any other in full width.
CREATE OR REPLACE TEMP MACRO watch_time_fen(dwell, price, multiplier) AS CAST(CASE
  WHEN dwell < 1000000 AND price < 1 AND multiplier < 10
    THEN CAST(CAST(dwell AS DECIMAL(15, 2)) * CAST(price AS DECIMAL(12, 6)) * CAST(multiplier AS DECIMAL(7, 3)) AS DECIMAL(18, 2))
  ELSE ROUND(CAST(dwell AS DECIMAL(34, 2)) * price * multiplier, 2)
END AS DECIMAL(38, 2));
