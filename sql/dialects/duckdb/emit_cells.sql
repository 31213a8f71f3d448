-- How a value is written into a CSV (contract, "Outputs"). COPY is told not to quote (it would quote more than the contract does).

-- A text that a spreadsheet would take for a formula gets a leading apostrophe.
-- All that such a text begins with stands before the letters, which most begin with.
CREATE OR REPLACE TEMP MACRO guarded(x) AS CASE WHEN x >= 'A' THEN x WHEN regexp_matches(x, '^[=+\-@\t\r\n]') THEN '''' || x ELSE x END;
-- Quoted only where it holds a comma, a quote, CR or LF.
CREATE OR REPLACE TEMP MACRO quoted(x) AS CASE WHEN contains(x, ',') OR contains(x, '"') OR contains(x, chr(13)) OR contains(x, chr(10)) THEN '"' || replace(x, '"', '""') || '"' ELSE x END;
CREATE OR REPLACE TEMP MACRO text_cell(x) AS quoted(guarded(x));
-- Seconds as people count them: whole minutes and the seconds left.
CREATE OR REPLACE TEMP MACRO minutes_text(seconds) AS (seconds // 60) || ' min' || CASE WHEN seconds % 60 > 0 THEN ' ' || (seconds % 60) || ' s' ELSE '' END;
-- Money: 128 bits are written several times as slowly as 64, which hold 18 digits.
CREATE OR REPLACE TEMP MACRO money_cell(x) AS CASE WHEN abs(x) < 1000000000000000.00 THEN CAST(CAST(x AS DECIMAL(18, 2)) AS VARCHAR) ELSE CAST(x AS VARCHAR) END;
CREATE OR REPLACE TEMP MACRO flag_cell(x) AS CASE WHEN x THEN 'Y' ELSE 'N' END;
