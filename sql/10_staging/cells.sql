-- How a cell of an export is read (contract, "Inputs"). `fault_…` gives the code of a fault or nothing, `read_…` the
-- value of a sound cell (and nothing, or anything, of an unsound one: look at the fault first).
-- The form is checked as text before any cast, because casts round and accept more than the contract does.
-- No IN with a list: DuckDB makes a join of a long one, and a join loses the order of the rows, by which they get their lines.

-- Spaces and tabs around a cell are not part of it; a blank cell is a missing value.
CREATE OR REPLACE TEMP MACRO cell(x) AS nullif(trim(x, ' ' || chr(9)), '');

CREATE OR REPLACE TEMP MACRO is_id(x) AS regexp_full_match(x, '[A-Za-z0-9][A-Za-z0-9_.-]{0,63}');
CREATE OR REPLACE TEMP MACRO fault_id(x) AS CASE WHEN NOT is_id(x) THEN 'bad_id' END;

CREATE OR REPLACE TEMP MACRO has_control(x) AS regexp_matches(x, '\p{Cc}');
-- Text without a control character, and trimmed.
CREATE OR REPLACE TEMP MACRO is_text(x) AS NOT has_control(x) AND NOT starts_with(x, ' ') AND NOT ends_with(x, ' ');
CREATE OR REPLACE TEMP MACRO fault_text(x, most) AS
  CASE WHEN length(x) > most OR has_control(x) THEN 'bad_value' END;

CREATE OR REPLACE TEMP MACRO read_flag(x) AS
  CASE x WHEN 'Y' THEN true WHEN 'N' THEN false   -- the usual words, first
    ELSE CASE lower(x) WHEN 'y' THEN true WHEN '是' THEN true WHEN 'true' THEN true WHEN '1' THEN true
      WHEN 'n' THEN false WHEN '否' THEN false WHEN 'false' THEN false WHEN '0' THEN false END END;
CREATE OR REPLACE TEMP MACRO fault_flag(x) AS CASE WHEN x IS NOT NULL AND read_flag(x) IS NULL THEN 'bad_flag' END;

-- Dates: YYYY-MM-DD or YYYY/MM/DD, 2000 to 2099, and a day that exists.
CREATE OR REPLACE TEMP MACRO read_date(x) AS
  CASE WHEN regexp_full_match(x, '20[0-9]{2}(-[0-9]{2}-|/[0-9]{2}/)[0-9]{2}') THEN TRY_CAST(replace(x, '/', '-') AS DATE) END;
CREATE OR REPLACE TEMP MACRO fault_date(x) AS CASE WHEN x IS NOT NULL AND read_date(x) IS NULL THEN 'bad_date' END;

-- Times: as dates, then a space or T, HH:MM or HH:MM:SS, then nothing (Beijing), Z or ±HH:MM (converted).
CREATE OR REPLACE TEMP MACRO time_has_form(x) AS regexp_full_match(x,
  '20[0-9]{2}(-[0-9]{2}-|/[0-9]{2}/)[0-9]{2}[ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])?');
CREATE OR REPLACE TEMP MACRO time_zone_of(x) AS regexp_extract(x, '(Z|[+-][0-9]{2}:[0-9]{2})$', 1);
CREATE OR REPLACE TEMP MACRO wall_clock(x) AS
  TRY_CAST(replace(replace(left(x, 16), '/', '-'), 'T', ' ') || CASE WHEN substr(x, 17, 1) = ':' THEN substr(x, 17, 3) ELSE ':00' END AS TIMESTAMP);
-- Minutes that a zone is ahead of UTC. Beijing is 8 hours ahead in every year that the contract allows (no summer time since 1991).
CREATE OR REPLACE TEMP MACRO minutes_ahead(zone) AS
  CASE WHEN zone = 'Z' THEN 0
       ELSE (CASE WHEN left(zone, 1) = '-' THEN -1 ELSE 1 END) * (CAST(substr(zone, 2, 2) AS INTEGER) * 60 + CAST(substr(zone, 5, 2) AS INTEGER)) END;
CREATE OR REPLACE TEMP MACRO in_beijing(clock, zone) AS
  CASE WHEN zone = '' THEN clock ELSE clock + to_minutes(8 * 60 - minutes_ahead(zone)) END;
CREATE OR REPLACE TEMP MACRO within_years(t) AS CASE WHEN year(t) BETWEEN 2000 AND 2099 THEN t END;
-- `t`: the cell as DuckDB reads a time. The usual form first: 19 characters that DuckDB would write for the time it reads in them.
CREATE OR REPLACE TEMP MACRO is_usual_time(x, t) AS
  strlen(x) = 19 AND x BETWEEN '2000' AND '2100' AND CAST(t AS VARCHAR) = x;
CREATE OR REPLACE TEMP MACRO read_time(x, t) AS
  CASE WHEN is_usual_time(x, t) THEN t
       WHEN time_has_form(x) THEN within_years(in_beijing(wall_clock(x), time_zone_of(x))) END;

-- Numbers: digits with at most one point between digits; a leading - is a number out of range.
-- Zeros in front and at the end are no digits too many.
CREATE OR REPLACE TEMP MACRO is_decimal(x) AS regexp_full_match(x, '-?[0-9]+(\.[0-9]+)?');
CREATE OR REPLACE TEMP MACRO is_integer(x) AS regexp_full_match(x, '-?[0-9]+');
CREATE OR REPLACE TEMP MACRO whole_digits(x) AS length(ltrim(split_part(x, '.', 1), '0'));
CREATE OR REPLACE TEMP MACRO fraction_digits(x) AS length(rtrim(split_part(x, '.', 2), '0'));
CREATE OR REPLACE TEMP MACRO fault_decimal(x) AS CASE WHEN NOT is_decimal(x) THEN 'bad_number' END;
CREATE OR REPLACE TEMP MACRO fault_decimal_range(x, whole) AS
  CASE WHEN is_decimal(x) AND (left(x, 1) = '-' OR whole_digits(x) > whole) THEN 'out_of_range' END;
CREATE OR REPLACE TEMP MACRO fault_decimal_precision(x, fraction) AS
  CASE WHEN is_decimal(x) AND fraction_digits(x) > fraction THEN 'too_precise' END;
CREATE OR REPLACE TEMP MACRO fault_integer(x) AS CASE WHEN NOT is_integer(x) THEN 'bad_number' END;
CREATE OR REPLACE TEMP MACRO fault_not_negative(x) AS CASE WHEN is_integer(x) AND left(x, 1) = '-' THEN 'out_of_range' END;
CREATE OR REPLACE TEMP MACRO fault_level(x) AS
  CASE WHEN is_integer(x) AND (left(x, 1) = '-' OR whole_digits(x) NOT BETWEEN 1 AND 2) THEN 'out_of_range' END;

-- Checks between cells of one row; times are given as read.
CREATE OR REPLACE TEMP MACRO seconds_between(a, b) AS datediff('second', a, b);
CREATE OR REPLACE TEMP MACRO fault_order(started, ended) AS CASE WHEN ended < started THEN 'ends_before_start' END;
-- More digits than 18 are more seconds than any two times of the contract lie apart.
CREATE OR REPLACE TEMP MACRO fault_effective(started, ended, effective) AS
  CASE WHEN seconds_between(started, ended) IS NOT NULL AND regexp_full_match(effective, '[0-9]+')
        AND (whole_digits(effective) > 18 OR TRY_CAST(effective AS BIGINT) > seconds_between(started, ended))
       THEN 'effective_exceeds_duration' END;
CREATE OR REPLACE TEMP MACRO fault_no_owner(anchor, agency) AS CASE WHEN anchor IS NULL AND agency IS NULL THEN 'missing' END;
CREATE OR REPLACE TEMP MACRO fault_two_owners(anchor, agency) AS
  CASE WHEN anchor IS NOT NULL AND agency IS NOT NULL THEN 'bad_value' END;
