-- freezes.csv      grain: session_id, anchor_id      whose live permission is frozen by which session
SELECT f.session_id, f.anchor_id, f.merchant_id, f.from_time AS "from", f.to_time AS "to"
FROM frozen_account AS f
ORDER BY f.session_id, f.anchor_id
