-- What is said of a quarantined row, in English: what is wrong, what is seen of its cause, and how to fix it.

CREATE OR REPLACE TEMP MACRO counted_cells(width) AS width || CASE WHEN width = 1 THEN ' cell' ELSE ' cells' END;
CREATE OR REPLACE TEMP MACRO wrong_words(kind, column_name, code, width, header_width) AS CASE code
  WHEN 'missing' THEN CASE WHEN kind = 'penalties' AND column_name = 'anchor_id' THEN 'names neither an anchor nor an agency' ELSE 'required, but blank' END
  WHEN 'bad_id' THEN 'not an id: 1 to 64 of A-Z a-z 0-9 _ . - beginning with a letter or digit'
  WHEN 'bad_time' THEN 'not a time: YYYY-MM-DD HH:MM:SS in Beijing, or with Z or an offset, 2000 to 2099'
  WHEN 'bad_date' THEN 'not a date: YYYY-MM-DD, 2000 to 2099'
  WHEN 'bad_flag' THEN 'not a flag: Y or N (是/否, true/false, 1/0)'
  WHEN 'bad_number' THEN 'not a number: digits, with at most one point where fractions are allowed'
  WHEN 'too_precise' THEN 'more digits after the point than allowed'
  WHEN 'out_of_range' THEN 'outside the range allowed: negative, too large, or (a level) not 1 to 99'
  WHEN 'bad_value' THEN CASE WHEN kind = 'penalties' AND column_name = 'agency_id' THEN 'names an anchor and an agency; one of the two must be blank' ELSE 'an unknown word, or text that is too long or has control characters' END
  WHEN 'ragged_row' THEN CASE WHEN width IS NULL THEN 'more or fewer cells than the header' ELSE counted_cells(width) || ', the header has ' || header_width END
  WHEN 'ends_before_start' THEN 'the end lies before the start'
  WHEN 'effective_exceeds_duration' THEN 'more effective seconds than lie between start and end'
  WHEN 'conflicting_duplicate' THEN 'rows of this file have the same key and different values, so none is taken'
  WHEN 'unknown_anchor' THEN 'no sound row of an anchors file stands for this anchor'
  WHEN 'penalty_session_mismatch' THEN 'the session belongs to another anchor than the penalty''s'
  WHEN 'no_scarcity_index' THEN 'no index of its own, and no scarcity table has one for its track and date'
  WHEN 'no_unit_price' THEN 'no price of its own, and the policy has no rate for its level'
END;

-- Of a hint (sql/quarantine), as a sentence about the cell or the row.
CREATE OR REPLACE TEMP MACRO seen_words(hint, detail, line) AS CASE hint
  WHEN 'total_line' THEN 'line ' || line || ' looks like a total line (' || detail || ')'
  WHEN 'header_line' THEN 'line ' || line || ' looks like the header'
  WHEN 'characters' THEN 'the cell holds ' || detail
  WHEN 'excel_text' THEN '="…" is Excel''s way to write text'
  WHEN 'failed_formula' THEN 'the spreadsheet shows an error here, not a value'
  WHEN 'rounded_id' THEN 'a spreadsheet has rounded the id to the digits that it shows'
  WHEN 'number_id' THEN 'the cell is a number, of which spreadsheets keep 15 digits: the id has been rounded'
  WHEN 'fraction_id' THEN 'the cell is a number with a fraction'
  WHEN 'formula' THEN 'it is a formula whose result was not kept'
  WHEN 'apostrophe' THEN 'an apostrophe, a spreadsheet''s mark of a text, stands before the id'
  WHEN 'other_order' THEN 'the day or the month stands first'
  WHEN 'serial_number' THEN 'it looks like a spreadsheet''s number of a day'
  WHEN 'unix_time' THEN 'it looks like a Unix time'
  WHEN 'no_clock' THEN 'it is a date without the time of day'
  WHEN 'hour_24' THEN 'there is no hour 24'
  WHEN 'twelve_hours' THEN 'the time is on a 12-hour clock'
  WHEN 'fraction' THEN 'the seconds have a fraction'
  WHEN 'no_such_day' THEN 'the calendar has no such day'
  WHEN 'with_clock' THEN 'it has a time of day'
  WHEN 'separators' THEN 'the number has thousands separators'
  WHEN 'decimal_comma' THEN 'the number has a comma in place of the point'
  WHEN 'exponent' THEN 'a spreadsheet wrote the number with an exponent'
  WHEN 'unit' THEN 'a unit stands beside the number'
END;

CREATE OR REPLACE TEMP MACRO fix_of_hint(hint, detail, code) AS CASE hint
  WHEN 'total_line' THEN 'remove it from the export'
  WHEN 'header_line' THEN 'remove it; export the rows below it as a file of their own if its columns have another order'
  WHEN 'characters' THEN 'write it without ' || detail
  WHEN 'excel_text' THEN 'write only the text, without ="…"'
  WHEN 'failed_formula' THEN 'correct the cell in the spreadsheet, and export it again'
  WHEN 'formula' THEN 'open the file in a spreadsheet program and save it again, or write values in place of formulas'
  WHEN 'fraction_id' THEN 'format the column as text and write the id'
  WHEN 'number_id' THEN 'format the column as text and take the ids from their source again, for the last digits are lost'
  WHEN 'rounded_id' THEN 'format the column as text and take the ids from their source again, for the last digits are lost'
  WHEN 'apostrophe' THEN 'write the id without it'
  WHEN 'serial_number' THEN CASE code WHEN 'bad_date' THEN 'format the column as YYYY-MM-DD' ELSE 'format the column as YYYY-MM-DD HH:MM:SS' END
  WHEN 'hour_24' THEN 'write 00:00:00 of the next day'
  WHEN 'twelve_hours' THEN 'write hours from 0 to 23, as YYYY-MM-DD HH:MM:SS'
  WHEN 'fraction' THEN 'write whole seconds'
  WHEN 'no_such_day' THEN 'correct it'
  WHEN 'with_clock' THEN 'write only the date, as YYYY-MM-DD'
  WHEN 'separators' THEN 'write it without separators'
  WHEN 'decimal_comma' THEN 'write a point'
  WHEN 'exponent' THEN 'write all its digits'
  WHEN 'unit' THEN 'write only the digits'
END;
CREATE OR REPLACE TEMP MACRO fix_of_code(kind, column_name, code, width, header_width) AS CASE code
  WHEN 'missing' THEN CASE WHEN kind = 'penalties' AND column_name = 'anchor_id' THEN 'name an anchor or an agency' ELSE 'fill it in' END
  WHEN 'bad_id' THEN 'use only A-Z a-z 0-9 _ . -, beginning with a letter or digit'
  WHEN 'bad_time' THEN 'write it as YYYY-MM-DD HH:MM:SS'
  WHEN 'bad_date' THEN 'write it as YYYY-MM-DD'
  WHEN 'bad_flag' THEN 'write Y or N'
  WHEN 'bad_number' THEN 'write digits, with at most one point where fractions are allowed'
  WHEN 'too_precise' THEN 'write fewer digits after the point'
  WHEN 'out_of_range' THEN 'correct it'
  WHEN 'bad_value' THEN CASE WHEN kind = 'penalties' AND column_name = 'agency_id' THEN 'leave the anchor or the agency blank' WHEN column_name IN ('nickname', 'account_kind', 'track', 'name') THEN 'write a shorter text, without control characters' ELSE 'write a word that the column knows' END
  WHEN 'ragged_row' THEN CASE WHEN width > header_width THEN 'put a cell that holds a comma in quotes' WHEN width < header_width THEN 'write all ' || header_width || ' cells, blank ones too' ELSE 'write as many cells as the header has' END
  WHEN 'ends_before_start' THEN 'correct started_at or ended_at'
  WHEN 'effective_exceeds_duration' THEN 'correct effective_seconds, started_at or ended_at'
  WHEN 'conflicting_duplicate' THEN 'export the row once, with the values that are right'
  WHEN 'unknown_anchor' THEN 'export a row of the anchor in an anchors file'
  WHEN 'penalty_session_mismatch' THEN 'correct the penalty''s session or its owner'
  WHEN 'no_scarcity_index' THEN 'give the track an index in a scarcity file, or export scarcity_index'
  WHEN 'no_unit_price' THEN 'give the level a rate in watch_time.rates, or export unit_price'
END;
CREATE OR REPLACE TEMP MACRO fix_words(kind, column_name, code, hint, detail, width, header_width) AS
  coalesce(fix_of_hint(hint, detail, code), fix_of_code(kind, column_name, code, width, header_width));
