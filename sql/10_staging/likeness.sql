-- When two names are nearly the same (contract, "Notices"): they differ by letter case, spaces, invisible characters, width,
-- brackets with what is in them, _ - * or one character alone.
CREATE OR REPLACE TEMP MACRO half_width(x) AS translate(x,
  '！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～【】〔〕「」',
  '!"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~[][][]');
CREATE OR REPLACE TEMP MACRO like_key(x) AS lower(regexp_replace(
  regexp_replace(half_width(x), '\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}', '', 'g'), '[\p{Z}\p{C}_*-]', '', 'g'));
-- How many characters two texts begin, or end, with alike.
CREATE OR REPLACE TEMP MACRO same_start(a, b) AS len(list_filter(range(1, least(length(a), length(b)) + 1), lambda i: left(a, i) = left(b, i)));
CREATE OR REPLACE TEMP MACRO same_end(a, b) AS len(list_filter(range(1, least(length(a), length(b)) + 1), lambda i: right(a, i) = right(b, i)));
CREATE OR REPLACE TEMP MACRO one_apart(a, b) AS abs(length(a) - length(b)) <= 1
  AND same_start(a, b) + same_end(a, b) >= greatest(length(a), length(b)) - 1;
CREATE OR REPLACE TEMP MACRO nearly(a, b) AS a <> b AND (like_key(a) = like_key(b) OR one_apart(a, b) OR one_apart(like_key(a), like_key(b)));
