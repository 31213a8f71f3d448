-- rule: newcomer_window      clause: C9      grain: anchor_id
-- reads: standing_anchor, anchor_scope, policy_run, policy_newcomer      writes: newcomer_window (table)
-- why: days before the certification, or long after it, would count as a newcomer's.
-- There is a window where the certification date lies in the period, and not before that day has come.
SELECT
  a.anchor_id,
  a.newcomer_certified_on AS window_from,
  days_after(a.newcomer_certified_on, n.window_days) AS window_to
FROM standing_anchor AS a
JOIN anchor_scope AS s ON s.anchor_id = a.anchor_id
CROSS JOIN policy_run AS p
CROSS JOIN policy_newcomer AS n
WHERE s.in_scope
  AND a.newcomer_certified_on BETWEEN p.period_from AND p.period_to
  AND a.newcomer_certified_on <= p.as_of
