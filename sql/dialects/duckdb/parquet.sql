-- How a time or a decimal of a Parquet file becomes the text that a CSV would hold (contract, "Parquet"); src/load/parquet/texts.ts
-- says which of these reads which column. Nothing is rounded: a fraction of a second comes out to its last digit.

-- In a date column: midnight is the day, any other time stays what it is and so is no date.
CREATE OR REPLACE TEMP MACRO day_text(clock) AS
  CASE WHEN clock = CAST(clock AS DATE) THEN CAST(CAST(clock AS DATE) AS VARCHAR) ELSE CAST(clock AS VARCHAR) END;

-- Of times that are given as what has passed since 1970: the clock, or the day, there or 8 hours on in Beijing. Far from the
-- years of the contract the engine knows no clock; such a value is a fault, not a blank. INTERVAL would cut nanoseconds off.
CREATE OR REPLACE TEMP MACRO if_near(x, second, said) AS
  CASE WHEN x BETWEEN -2208988800 * second AND 7258118400 * second THEN said WHEN x IS NOT NULL THEN 'out of range' END;
CREATE OR REPLACE TEMP MACRO clock_of_ns(ns) AS if_near(ns, 1000000000, CAST(make_timestamp_ns(ns) AS VARCHAR));
CREATE OR REPLACE TEMP MACRO day_of_ns(ns) AS if_near(ns, 1000000000, day_text(make_timestamp_ns(ns)));
CREATE OR REPLACE TEMP MACRO beijing_clock_of_ns(ns) AS
  if_near(ns, 1000000000, CAST(make_timestamp_ns(ns + 28800000000000) AS VARCHAR));
CREATE OR REPLACE TEMP MACRO beijing_day_of_ns(ns) AS if_near(ns, 1000000000, day_text(make_timestamp_ns(ns + 28800000000000)));
CREATE OR REPLACE TEMP MACRO beijing_clock_of_us(us) AS
  if_near(us, 1000000, CAST(make_timestamp(us + 28800000000) AS VARCHAR));
CREATE OR REPLACE TEMP MACRO beijing_day_of_us(us) AS if_near(us, 1000000, day_text(make_timestamp(us + 28800000000)));

-- The microseconds of an instant; an infinite one has none.
CREATE OR REPLACE TEMP MACRO us_of_instant(x) AS CASE WHEN isfinite(x) THEN epoch_us(x) WHEN x IS NOT NULL THEN 9223372036854775807 END;

-- The engine leaves out the zero before the point where a type has no digits there: .029500.
CREATE OR REPLACE TEMP MACRO decimal_text(x) AS CASE WHEN x < 0 THEN '-0' ELSE '0' END || ltrim(CAST(x AS VARCHAR), '-');

-- INT96 is twelve bytes: eight of nanoseconds since midnight, four of the Julian day (1970-01-01 is 2440588), each with its
-- lowest byte first. They are taken as one number, cut into three, and each is turned round. What is no time of a day, or no
-- day near 1970, becomes a number that is out of range.
CREATE OR REPLACE TEMP MACRO number_of_int96(bytes) AS CAST(CAST(bytes AS BIT) AS HUGEINT);
CREATE OR REPLACE TEMP MACRO parts_of_number(x) AS {
  'low': CAST(x >> 64 AS BIGINT), 'high': CAST((x >> 32) & 4294967295 AS BIGINT), 'day': CAST(x & 4294967295 AS BIGINT)};
CREATE OR REPLACE TEMP MACRO turned(x) AS (x & 255) * 16777216 + ((x >> 8) & 255) * 65536 + ((x >> 16) & 255) * 256 + (x >> 24);
CREATE OR REPLACE TEMP MACRO turned_parts(x) AS {'low': turned(x.low), 'high': turned(x.high), 'day': turned(x.day)};
CREATE OR REPLACE TEMP MACRO ns_of_parts(x) AS CASE
  WHEN x.day BETWEEN 2415021 AND 2524593 AND x.high < 65536 THEN (x.day - 2440588) * 86400000000000 + x.high * 4294967296 + x.low
  WHEN x.day IS NOT NULL THEN 9223372036854775807 END;
