-- quarantine.csv      grain: file, line, column, code      a line for every fault
SELECT quoted(file) AS file, line, column_name AS "column", code, text_cell(cell) AS value, quoted(CASE code
    WHEN 'missing' THEN CASE WHEN kind = 'penalties' AND column_name = 'anchor_id' THEN 'names neither an anchor nor an agency' ELSE 'required, but blank' END
    WHEN 'bad_id' THEN 'not an id: 1 to 64 of A-Z a-z 0-9 _ . - beginning with a letter or digit'
    WHEN 'bad_time' THEN 'not a time: YYYY-MM-DD HH:MM:SS in Beijing, or with Z or an offset, 2000 to 2099'
    WHEN 'bad_date' THEN 'not a date: YYYY-MM-DD, 2000 to 2099'
    WHEN 'bad_flag' THEN 'not a flag: Y or N (是/否, true/false, 1/0)'
    WHEN 'bad_number' THEN 'not a number: digits, with at most one point where fractions are allowed'
    WHEN 'too_precise' THEN 'more digits after the point than allowed'
    WHEN 'out_of_range' THEN 'outside the range allowed: negative, too large, or (a level) not 1 to 99'
    WHEN 'bad_value' THEN CASE WHEN kind = 'penalties' AND column_name = 'agency_id' THEN 'names an anchor and an agency; one of the two must be blank' ELSE 'an unknown word, or text that is too long or has control characters' END
    WHEN 'ragged_row' THEN 'more or fewer cells than the header'
    WHEN 'ends_before_start' THEN 'the end lies before the start'
    WHEN 'effective_exceeds_duration' THEN 'more effective seconds than lie between start and end'
    WHEN 'conflicting_duplicate' THEN 'rows of this file have the same key and different values, so none is taken'
    WHEN 'unknown_anchor' THEN 'no anchors file has a sound row for this anchor'
    WHEN 'penalty_session_mismatch' THEN 'the session belongs to another anchor than the penalty''s'
    WHEN 'no_scarcity_index' THEN 'no index of its own, and no scarcity table has one for its track and date'
    WHEN 'no_unit_price' THEN 'no price of its own, and the policy has no rate for its level'
  END) AS message
FROM quarantine_line
ORDER BY quarantine_line.file, line, column_name NULLS FIRST, code, cell NULLS FIRST
