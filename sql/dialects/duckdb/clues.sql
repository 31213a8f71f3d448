-- What a faulty cell shows of its cause. Patterns are constants: one that differs from row to row is compiled for each.

-- Characters that nobody sees or that are taken for others: controls, spaces but the plain one, marks without width, full-width
-- forms, and letters of alphabets that have the same ones.
CREATE OR REPLACE TEMP MACRO strange_in(x) AS regexp_extract_all(x,
  '[\p{Cc}\x{A0}\x{AD}\x{1680}\x{180E}\x{2000}-\x{200F}\x{2028}-\x{202F}\x{205F}-\x{206F}\x{3000}\x{FE00}-\x{FE0F}\x{FEFF}\x{FF01}-\x{FF60}\x{FFE0}-\x{FFE6}\x{FFF9}-\x{FFFD}\p{Cyrillic}\p{Greek}]');
-- In an id no character is free to be a space; in a free text most characters are meant.
CREATE OR REPLACE TEMP MACRO strange_characters(code, column_name, x) AS CASE
  WHEN code NOT LIKE 'bad%' THEN NULL
  WHEN code = 'bad_id' AND contains(x, ' ') THEN list_append(strange_in(x), ' ')
  WHEN code = 'bad_value' AND column_name IN ('nickname', 'account_kind', 'track', 'name') THEN regexp_extract_all(x, '\p{Cc}')
  WHEN strlen(x) > length(x) OR code = 'bad_id' THEN strange_in(x) END;
-- U+200B, U+FEFF: each once, five at most.
CREATE OR REPLACE TEMP MACRO code_points(characters) AS
  array_to_string(list_transform(list_sort(list_distinct(characters))[1:5], lambda c: printf('U+%04X', unicode(c)) || CASE c WHEN ' ' THEN ' (a space)' ELSE '' END), ', ');

CREATE OR REPLACE TEMP MACRO of_spreadsheet(x) AS CASE
  WHEN starts_with(x, '="') THEN 'excel_text'
  WHEN starts_with(x, '#') AND regexp_full_match(x, '##+|#(N/A|REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|UNKNOWN!|PYTHON!|EXTERNAL!|GETTING_DATA)') THEN 'failed_formula'
  WHEN starts_with(x, '=') THEN 'formula' END;
CREATE OR REPLACE TEMP MACRO clue_of_id(x) AS CASE
  WHEN regexp_full_match(x, '[0-9](\.[0-9]+)?[eE]\+[0-9]{1,3}') THEN 'rounded_id'
  WHEN regexp_full_match(x, '[0-9]{16,64}') THEN 'number_id'   -- as text it would be an id
  WHEN regexp_full_match(x, '[0-9]+\.[0-9]+') AND strlen(x) <= 64 THEN 'fraction_id'
  WHEN starts_with(x, '''') THEN 'apostrophe' END;
CREATE OR REPLACE TEMP MACRO clue_of_day(x) AS CASE
  WHEN regexp_matches(x, '^[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}(\D|$)') THEN 'other_order'
  WHEN regexp_full_match(x, '[34][0-9]{4}(\.[0-9]+)?') THEN 'serial_number'
  WHEN regexp_full_match(x, '1[0-9]{9}([0-9]{3})?') THEN 'unix_time' END;
CREATE OR REPLACE TEMP MACRO clue_of_time(x) AS CASE
  WHEN regexp_full_match(x, '20[0-9]{2}([-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?|[0-9]{4})') THEN 'no_clock'
  WHEN regexp_matches(x, '[ T]24:[0-9]{2}') THEN 'hour_24'
  WHEN regexp_matches(x, '(?i)[0-9] ?[ap]\.?m\.?$|[上下]午') THEN 'twelve_hours'
  WHEN regexp_matches(x, ':[0-9]{2}[.,][0-9]*[1-9]') THEN 'fraction'
  WHEN regexp_matches(x, '^20[0-9]{2}[-/][0-9]{1,2}[-/][0-9]{1,2}[ T]([01]?[0-9]|2[0-3]):[0-5][0-9]') AND TRY_CAST(regexp_extract(x, '^[-/0-9]+') AS DATE) IS NULL THEN 'no_such_day' END;
CREATE OR REPLACE TEMP MACRO clue_of_date(x) AS CASE
  WHEN regexp_full_match(x, '20[0-9]{2}[-/][0-9]{1,2}[-/][0-9]{1,2}[ T].*') THEN 'with_clock'
  WHEN regexp_full_match(x, '20[0-9]{2}[-/][0-9]{1,2}[-/][0-9]{1,2}') AND TRY_CAST(x AS DATE) IS NULL THEN 'no_such_day' END;
CREATE OR REPLACE TEMP MACRO clue_of_number(x) AS CASE
  WHEN regexp_full_match(x, '-?[0-9]{1,3}([, ''][0-9]{3})+(\.[0-9]+)?') THEN 'separators'
  WHEN regexp_full_match(x, '-?[0-9]+,[0-9]+') THEN 'decimal_comma'
  WHEN regexp_full_match(x, '[-+]?[0-9]+(\.[0-9]+)?[eE][-+]?[0-9]+') THEN 'exponent'
  WHEN regexp_full_match(x, '[¥$€]? ?-?[0-9][0-9.,]* ?[\p{L}%/]*') AND NOT regexp_full_match(x, '[0-9.,-]*') THEN 'unit' END;
CREATE OR REPLACE TEMP MACRO clue_of(code, x) AS CASE code
  WHEN 'bad_id' THEN coalesce(of_spreadsheet(x), clue_of_id(x))
  WHEN 'bad_time' THEN coalesce(clue_of_day(x), clue_of_time(x), of_spreadsheet(x))
  WHEN 'bad_date' THEN coalesce(clue_of_day(x), clue_of_date(x), of_spreadsheet(x))
  WHEN 'bad_number' THEN coalesce(clue_of_number(x), of_spreadsheet(x))
  WHEN 'bad_flag' THEN of_spreadsheet(x)
  WHEN 'bad_value' THEN of_spreadsheet(x) END;
