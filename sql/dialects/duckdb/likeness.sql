-- When two names are nearly the same (contract, "Notices"): they differ by letter case, spaces, invisible characters, width,
-- brackets with what is in them, _ - * or one character alone.
CREATE OR REPLACE TEMP MACRO half_width(x) AS translate(x,
  '！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～【】〔〕「」『』〖〗〈〉《》',
  '!"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~[][][][][][][]');
-- Brackets with what is in them, also where some stand in others.
CREATE OR REPLACE TEMP MACRO without_brackets(x) AS regexp_replace(x, '\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|<[^<>]*>', '', 'g');
CREATE OR REPLACE TEMP MACRO like_key(x) AS lower(regexp_replace(without_brackets(without_brackets(half_width(x))), '[\p{Z}\p{C}_*-]', '', 'g'));
-- How many characters two texts begin, or end, with alike.
CREATE OR REPLACE TEMP MACRO same_start(a, b) AS len(list_filter(range(1, least(length(a), length(b)) + 1), lambda i: left(a, i) = left(b, i)));
CREATE OR REPLACE TEMP MACRO same_end(a, b) AS len(list_filter(range(1, least(length(a), length(b)) + 1), lambda i: right(a, i) = right(b, i)));
CREATE OR REPLACE TEMP MACRO one_apart(a, b) AS abs(length(a) - length(b)) <= 1
  AND same_start(a, b) + same_end(a, b) >= greatest(length(a), length(b)) - 1;
-- Of two names and their keys, which are computed once: a macro that is given an expression repeats it.
CREATE OR REPLACE TEMP MACRO nearly(a, key_a, b, key_b) AS a <> b AND (key_a = key_b OR one_apart(a, b) OR one_apart(key_a, key_b));
-- When one may be meant by the other, for a hint: also where it holds it, or is a half of it or more.
CREATE OR REPLACE TEMP MACRO part_of(key_a, key_b) AS key_a <> '' AND (contains(key_a, key_b) OR (contains(key_b, key_a) AND 2 * length(key_a) >= length(key_b)));
CREATE OR REPLACE TEMP MACRO may_mean(a, key_a, b, key_b) AS nearly(a, key_a, b, key_b) OR part_of(key_a, key_b);
-- An id as it is read wherever programs write it as a figure: without case, marks, zeros in front and .0 behind.
CREATE OR REPLACE TEMP MACRO plain_id(x) AS ltrim(regexp_replace(like_key(x), '\.0$', ''), '0');
-- A file's name without its ending, and what makes it a copy's of another: "x (1)", "x[1]", "x - 副本", "x的副本", "x (copy)", "x - Copy (2)",
-- "x_copy", "x copy 2", "x 拷贝", "x.bak", "x-old", "x_backup_20231105" and the like, also several of them, in any case and width of letters.
CREATE OR REPLACE TEMP MACRO file_stem(x) AS regexp_replace(lower(half_width(x)), '\.(csv|csv\.gz|parquet|xlsx)$', '');
CREATE OR REPLACE TEMP MACRO copy_word() AS '(?:copy|的?副本|拷贝|复制|备份|backup|bak|old)';
CREATE OR REPLACE TEMP MACRO copy_mark() AS '(?:[\p{Z}._-]*(?:\([0-9]{1,2}\)|\[[0-9]{1,2}\]|\(' || copy_word() || '\)|' || copy_word() || '(?:[\p{Z}._-]*\(?[0-9]{1,14}\)?)?))+$';
CREATE OR REPLACE TEMP MACRO has_copy_mark(stem) AS regexp_matches(stem, copy_mark());
CREATE OR REPLACE TEMP MACRO is_copy_mark(rest) AS regexp_matches(rest, '^' || copy_mark());
