-- notice: merchant_kind_unknown      clause: D1      grain: subject
-- reads: digital_session_of_period, named_merchant_kind      writes: notice_merchant_kind_unknown (table)
-- why: a misspelt kind of merchant stops every session that has it, and freezes the accounts.
WITH unknown AS (
  SELECT s.merchant_kind AS kind, like_key(s.merchant_kind) AS key, COUNT(*) AS sessions
  FROM digital_session_of_period AS s
  WHERE s.merchant_kind NOT IN (SELECT n.kind FROM named_merchant_kind AS n)
  GROUP BY s.merchant_kind
),
hint AS (
  SELECT u.kind, MIN(n.kind) AS near FROM unknown AS u JOIN named_merchant_kind AS n ON may_mean(u.kind, u.key, n.kind, like_key(n.kind)) GROUP BY u.kind
)
SELECT 'merchant_kind_unknown' AS code, 'attention' AS severity, '' AS file, on_one_line(u.kind) AS subject, u.sessions AS count, '' AS value,
  counted(u.sessions, 'digital session') || ' of the kind of merchant ' || shown(u.kind) || ', which neither the policy nor the exports name, ' || CASE WHEN u.sessions = 1 THEN 'counts' ELSE 'count' END
    || ' as not admitted' || CASE WHEN h.near IS NULL THEN '. Correct the kind, or name it in the policy, and run again.' ELSE did_you_mean(h.near) END AS message
FROM unknown AS u
LEFT JOIN hint AS h ON h.kind = u.kind
