-- quarantine.csv      grain: file, line, column, code      a line for every fault; the message says the fix where the cause is seen
-- What is said is longer than the rest of a line, so it is added to what is sorted already.
SELECT quoted(file) AS file, line, column_name AS "column", code, text_cell(cell) AS value,
  quoted(wrong_words(kind, column_name, code, width, header_width)
    || coalesce('; ' || seen_words(hint, detail, line) || ': ' || fix_words(kind, column_name, code, hint, detail, width, header_width), '')) AS message
FROM (SELECT * FROM fault_hint ORDER BY file, line, column_name NULLS FIRST, code, cell NULLS FIRST)
