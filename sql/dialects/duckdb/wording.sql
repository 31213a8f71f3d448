-- How messages of notices say things: each on one line, whatever an export holds.
CREATE OR REPLACE TEMP MACRO counted(n, what) AS n || ' ' || CASE WHEN n = 1 THEN what WHEN suffix(what, 'ty') THEN left(what, -1) || 'ies' ELSE what || 's' END;
CREATE OR REPLACE TEMP MACRO is_or_are(n) AS CASE WHEN n = 1 THEN 'is' ELSE 'are' END;
-- A text as a message shows it: cut at 80 characters, and what can't be seen by its code point, as <U+00A0>.
CREATE OR REPLACE TEMP MACRO seen_character(c) AS CASE WHEN c <> ' ' AND regexp_matches(c, '[\p{C}\p{Z}]') THEN printf('<U+%04X>', unicode(c)) ELSE c END;
CREATE OR REPLACE TEMP MACRO shown(x) AS CASE WHEN regexp_full_match(x, '(?:[^\p{C}\p{Z}]| )+') AND length(x) <= 80 THEN x
  ELSE array_to_string(list_transform(regexp_extract_all(left(x, 80), '(?s).'), lambda c: seen_character(c)), '') || CASE WHEN length(x) > 80 THEN '…' ELSE '' END END;
-- What an export holds as a notice's value: unchanged but for what would end its line, and a byte order mark in front, which readers drop.
CREATE OR REPLACE TEMP MACRO on_one_line(x) AS ltrim(regexp_replace(x, '[\p{Cc}\p{Zl}\p{Zp}]+', ' ', 'g'), chr(65279));
-- A column by both of its names.
CREATE OR REPLACE TEMP MACRO both_names(name, chinese) AS name || ' (' || chinese || ')';
-- What is asked behind a message where a name comes near; nothing where none does.
CREATE OR REPLACE TEMP MACRO did_you_mean(x) AS COALESCE('; did you mean ' || x || '?', '');
