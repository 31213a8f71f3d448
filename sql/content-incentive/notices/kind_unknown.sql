-- notice: kind_unknown      clause: C12      grain: subject
-- reads: judged_penalty, named_penalty_kind      writes: notice_kind_unknown (table)
-- why: a penalty of a misspelt kind counts nowhere.
WITH kind AS (
  SELECT p.kind, count(*) AS penalties FROM judged_penalty AS p WHERE p.fault IS NULL GROUP BY p.kind
),
unknown AS (
  SELECT k.kind, k.penalties, like_key(k.kind) AS key FROM kind AS k WHERE k.kind NOT IN (SELECT n.kind FROM named_penalty_kind AS n)
),
named AS (
  SELECT n.kind, like_key(n.kind) AS key FROM named_penalty_kind AS n
),
hint AS (
  SELECT u.kind, min(n.kind) AS near FROM unknown AS u JOIN named AS n ON may_mean(u.kind, u.key, n.kind, n.key) GROUP BY u.kind
)
SELECT 'kind_unknown' AS code, 'attention' AS severity, '' AS file, u.kind AS subject, u.penalties AS count, '' AS value,
  counted(u.penalties, 'penalty') || ' of the kind ' || u.kind || ', which neither the policy nor the contract names, ' || CASE WHEN u.penalties = 1 THEN 'counts' ELSE 'count' END
    || ' nowhere' || CASE WHEN h.near IS NULL THEN '. Correct the kind, or name it in the policy, and run again.' ELSE did_you_mean(h.near) END AS message
FROM unknown AS u
LEFT JOIN hint AS h ON h.kind = u.kind
