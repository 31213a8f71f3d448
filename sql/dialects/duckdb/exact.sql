-- Exact arithmetic that engines differ in; the rules call it by name.

-- Texts of a group in the order of their bytes, with semicolons between. An ordered string_agg takes four times as long.
CREATE OR REPLACE TEMP MACRO in_order(x) AS array_to_string(list_sort(list(x)), ';');

-- Minutes x CNY per minute x multiplier, rounded half up to the fen, once (C7). The product has up to 23 digits before the point
-- and 11 behind it: 128 bits, whose rounding is some 80 times as slow as that of 64. So the usual product, below 10^7, is
-- computed in 64 bits (the guard leaves it no more than the 18 digits that fit), any other in full width.
CREATE OR REPLACE TEMP MACRO watch_time_fen(dwell, price, multiplier) AS CAST(CASE
  WHEN dwell < 1000000 AND price < 1 AND multiplier < 10
    THEN CAST(CAST(dwell AS DECIMAL(15, 2)) * CAST(price AS DECIMAL(12, 6)) * CAST(multiplier AS DECIMAL(7, 3)) AS DECIMAL(18, 2))
  ELSE ROUND(CAST(dwell AS DECIMAL(34, 2)) * price * multiplier, 2)
END AS DECIMAL(38, 2));
