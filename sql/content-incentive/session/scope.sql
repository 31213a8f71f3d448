-- rule: scope      clause: C1      grain: anchor_id
-- reads: standing_anchor, policy_scope, policy_account_kind      writes: anchor_scope (table)
-- why: shops, and anchors that first went live before the programme, would be paid by it.
SELECT
  a.anchor_id,
  CAST(a.first_live_on >= s.first_live_on_or_after
    AND a.account_kind IN (SELECT k.account_kind FROM policy_account_kind AS k) AS BOOLEAN) AS in_scope
FROM standing_anchor AS a
CROSS JOIN policy_scope AS s
