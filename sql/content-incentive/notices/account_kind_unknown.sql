-- notice: account_kind_unknown      clause: C1      grain: subject
-- reads: standing_anchor, policy_account_kind, named_account_kind      writes: notice_account_kind_unknown (table)
-- why: an anchor whose account kind is misspelt is out of scope and paid nothing.
WITH kind AS (
  SELECT a.account_kind, count(*) AS anchors FROM standing_anchor AS a GROUP BY a.account_kind
),
unknown AS (
  SELECT k.account_kind, k.anchors, like_key(k.account_kind) AS key FROM kind AS k WHERE k.account_kind NOT IN (SELECT p.account_kind FROM policy_account_kind AS p)
),
named AS (
  SELECT n.account_kind, like_key(n.account_kind) AS key FROM named_account_kind AS n
),
hint AS (
  SELECT u.account_kind, min(n.account_kind) AS near
  FROM unknown AS u
  JOIN named AS n ON n.account_kind <> u.account_kind
  WHERE nearly(u.account_kind, u.key, n.account_kind, n.key) OR contains(u.account_kind, n.account_kind) OR contains(n.account_kind, u.account_kind)
    OR (u.key <> '' AND n.key <> '' AND (contains(u.key, n.key) OR contains(n.key, u.key)))
  GROUP BY u.account_kind
)
SELECT 'account_kind_unknown' AS code, CASE WHEN h.near IS NULL THEN 'info' ELSE 'attention' END AS severity, '' AS file,
  on_one_line(u.account_kind) AS subject, u.anchors AS count, '' AS value,
  counted(u.anchors, 'anchor') || ' of the account kind ' || shown(u.account_kind) || ', which is none of the policy''s, ' || is_or_are(u.anchors)
    || ' out of scope and paid nothing' || CASE WHEN h.near IS NULL THEN '. Correct the kind, or name it in the policy, if that isn''t meant.' ELSE did_you_mean(h.near) END AS message
FROM unknown AS u
LEFT JOIN hint AS h ON h.account_kind = u.account_kind
