-- How a cell of an export is read (contract, "Inputs"). `read_…` gives the value of a cell that has its form (the forms
-- are in src/programmes/exports/kinds.ts; of another cell it gives nothing, or anything), `fault_…` the code of a fault or nothing.
-- No IN with a list: DuckDB makes a join of a long one, and a join loses the order of the rows, by which they get their lines.

-- Spaces and tabs around a cell are not part of it; a blank cell is a missing value, and so is \N.
CREATE OR REPLACE TEMP MACRO given(x) AS CASE WHEN x = '' OR x = '\N' THEN NULL ELSE x END;
CREATE OR REPLACE TEMP MACRO cell(x) AS given(trim(x, ' ' || chr(9)));

-- Of a workbook, a cell that is a fault in any column begins with a mark, which isn't shown (src/load/workbook/cells.ts).
CREATE OR REPLACE TEMP MACRO unmarked(x) AS CASE WHEN starts_with(x, chr(1) || chr(2)) THEN substr(x, 3) ELSE x END;

CREATE OR REPLACE TEMP MACRO has_control(x) AS regexp_matches(x, '\p{Cc}');
CREATE OR REPLACE TEMP MACRO fault_text(x, most) AS
  CASE WHEN length(x) > most OR has_control(x) THEN 'bad_value' END;

CREATE OR REPLACE TEMP MACRO read_flag(x) AS
  CASE x WHEN 'Y' THEN true WHEN 'N' THEN false   -- the usual words, first
    ELSE CASE lower(x) WHEN 'y' THEN true WHEN '是' THEN true WHEN 'true' THEN true WHEN '1' THEN true
      WHEN 'n' THEN false WHEN '否' THEN false WHEN 'false' THEN false WHEN '0' THEN false END END;
CREATE OR REPLACE TEMP MACRO fault_flag(x) AS CASE WHEN x IS NOT NULL AND read_flag(x) IS NULL THEN 'bad_flag' END;

-- Of dates and times, NULL where there is no such day.
CREATE OR REPLACE TEMP MACRO read_date(x) AS TRY_CAST(x AS DATE);

-- How many characters a time's zone has at its end: Z, +HH, +HHMM or +HH:MM. The last hyphen of a date stands in the eighth place or before.
CREATE OR REPLACE TEMP MACRO zone_size(x) AS
  CASE WHEN suffix(x, 'Z') THEN 1 WHEN contains(x, '+') THEN strlen(x) - instr(x, '+') + 1
       WHEN contains(substr(x, 9), '-') THEN strlen(x) - 7 - instr(substr(x, 9), '-') ELSE 0 END;
CREATE OR REPLACE TEMP MACRO clock_of(x) AS left(x, strlen(x) - zone_size(x));
CREATE OR REPLACE TEMP MACRO minutes_ahead(x) AS
  CASE WHEN suffix(x, 'Z') THEN 0 ELSE (CASE WHEN contains(x, '+') THEN 1 ELSE -1 END) * CASE zone_size(x)
    WHEN 3 THEN 60 * TRY_CAST(right(x, 2) AS INTEGER)
    ELSE 60 * TRY_CAST(substr(x, 1 - zone_size(x), 2) AS INTEGER) + TRY_CAST(right(x, 2) AS INTEGER) END END;
-- Beijing is 8 hours ahead of UTC in every year that the contract allows (no summer time since 1991).
CREATE OR REPLACE TEMP MACRO in_beijing(x) AS TRY_CAST(clock_of(x) AS TIMESTAMP) + to_minutes(8 * 60 - minutes_ahead(x));
CREATE OR REPLACE TEMP MACRO within_years(t) AS CASE WHEN year(t) BETWEEN 2000 AND 2099 THEN t END;
-- The usual form, YYYY-MM-DD HH:MM:SS, DuckDB reads as it stands: of 19 characters, with colons in the places of such a clock.
CREATE OR REPLACE TEMP MACRO usual_time(x) AS strlen(x) = 19 AND substr(x, 14, 1) = ':' AND substr(x, 17, 1) = ':';
-- What is usual comes first, for each step costs. Only in the first and the last year can a zone lead out of the years.
CREATE OR REPLACE TEMP MACRO read_time(x) AS
  CASE WHEN usual_time(x) THEN TRY_CAST(x AS TIMESTAMP)
       WHEN suffix(x, '+08:00') THEN TRY_CAST(left(x, strlen(x) - 6) AS TIMESTAMP)
       WHEN zone_size(x) = 0 THEN TRY_CAST(x AS TIMESTAMP)
       WHEN left(x, 4) <> '2000' AND left(x, 4) <> '2099' THEN in_beijing(x)
       ELSE within_years(in_beijing(x)) END;
-- Of a time that can be read: whether its clock ends with the minutes.
CREATE OR REPLACE TEMP MACRO lacks_seconds(x) AS CASE WHEN usual_time(x) THEN false ELSE clock_of(x) NOT LIKE '%:%:%' END;

-- Numbers: digits with at most one point between digits; a leading - is a number out of range. Behind the point of a whole number stand zeros alone.
-- Zeros in front and at the end are no digits too many.
CREATE OR REPLACE TEMP MACRO is_decimal(x) AS regexp_full_match(x, '-?[0-9]+(\.[0-9]+)?');
CREATE OR REPLACE TEMP MACRO is_integer(x) AS regexp_full_match(x, '-?[0-9]+(\.0+)?');
CREATE OR REPLACE TEMP MACRO whole_digits(x) AS length(ltrim(split_part(x, '.', 1), '0'));
CREATE OR REPLACE TEMP MACRO fraction_digits(x) AS length(rtrim(split_part(x, '.', 2), '0'));
CREATE OR REPLACE TEMP MACRO fault_decimal(x) AS CASE WHEN NOT is_decimal(x) THEN 'bad_number' END;
CREATE OR REPLACE TEMP MACRO fault_decimal_range(x, whole) AS
  CASE WHEN is_decimal(x) AND (left(x, 1) = '-' OR whole_digits(x) > whole) THEN 'out_of_range' END;
CREATE OR REPLACE TEMP MACRO fault_decimal_precision(x, fraction) AS
  CASE WHEN is_decimal(x) AND fraction_digits(x) > fraction THEN 'too_precise' END;
CREATE OR REPLACE TEMP MACRO fault_integer(x) AS CASE WHEN NOT is_integer(x) THEN 'bad_number' END;
CREATE OR REPLACE TEMP MACRO fault_not_negative(x) AS CASE WHEN is_integer(x) AND left(x, 1) = '-' THEN 'out_of_range' END;
CREATE OR REPLACE TEMP MACRO fault_count(x) AS
  CASE WHEN is_integer(x) AND (left(x, 1) = '-' OR whole_digits(x) > 9) THEN 'out_of_range' END;
CREATE OR REPLACE TEMP MACRO fault_level(x) AS
  CASE WHEN is_integer(x) AND (left(x, 1) = '-' OR whole_digits(x) NOT BETWEEN 1 AND 2) THEN 'out_of_range' END;

-- Checks between cells of one row; times are given as read.
CREATE OR REPLACE TEMP MACRO fault_order(started, ended) AS CASE WHEN ended < started THEN 'ends_before_start' END;
-- More digits than 18 are more seconds than any two times of the contract lie apart.
CREATE OR REPLACE TEMP MACRO fault_effective(started, ended, effective) AS
  CASE WHEN seconds_between(started, ended) IS NOT NULL AND regexp_full_match(effective, '[0-9]+(\.0+)?')
        AND (whole_digits(effective) > 18 OR TRY_CAST(effective AS BIGINT) > seconds_between(started, ended))
       THEN 'effective_exceeds_duration' END;
CREATE OR REPLACE TEMP MACRO fault_no_owner(anchor, agency) AS CASE WHEN anchor IS NULL AND agency IS NULL THEN 'missing' END;
CREATE OR REPLACE TEMP MACRO fault_two_owners(anchor, agency) AS
  CASE WHEN anchor IS NOT NULL AND agency IS NOT NULL THEN 'bad_value' END;

-- Ids of digits alone, as a spreadsheet or a binary float may have rounded them: from the 17th digit on, or in the 16th and last.
CREATE OR REPLACE TEMP MACRO is_digits(x) AS CASE WHEN x < ':' THEN regexp_full_match(x, '[0-9]+') ELSE false END;
CREATE OR REPLACE TEMP MACRO is_rounded(x) AS CASE WHEN is_digits(x) THEN CASE WHEN strlen(x) = 16 THEN suffix(x, '0') ELSE rtrim(substr(x, 17), '0') = '' END ELSE false END;

-- The cells of a record that aren't blank, by column.
CREATE OR REPLACE TEMP MACRO cells_given(entries) AS map_from_entries(list_filter(entries, lambda e: e.cell IS NOT NULL));
-- By what a quarantined row is known again, in whatever file and line: its cells in the order of their columns' names. Of a
-- row that format 2 held, whose cells aren't known, its faults.
CREATE OR REPLACE TEMP MACRO record_hash(cells) AS
  sha256(array_to_string(list_sort(list_transform(map_entries(cells), lambda e: e.key || '=' || e.value)), chr(31)));
CREATE OR REPLACE TEMP MACRO fault_hash(faults) AS sha256('faults' || chr(31) || array_to_string(faults, chr(31)));
