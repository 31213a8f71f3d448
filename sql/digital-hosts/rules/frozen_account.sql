-- rule: frozen_account      clause: D6      grain: session_id, anchor_id
-- reads: unadmitted, standing_live_account, policy_digital_reading      writes: frozen_account (table)
-- why: a merchant that goes on with another of its accounts is not frozen.
-- Concerned are the account that streamed and, where the policy says so, every account of its merchant. Freezes overlap, and go on over New Year.
WITH concerned AS (
  SELECT u.session_id, u.anchor_id, true AS streamed FROM unadmitted AS u
  UNION ALL
  SELECT u.session_id, c.anchor_id, false
  FROM unadmitted AS u
  CROSS JOIN policy_digital_reading AS r
  JOIN standing_live_account AS c ON c.merchant_id = u.merchant_id
  WHERE r.freezes = 'merchant' AND c.anchor_id <> u.anchor_id
)
SELECT u.session_id, c.anchor_id, u.merchant_id, c.streamed, u.frozen_from AS from_time, u.frozen_to AS to_time
FROM unadmitted AS u
JOIN concerned AS c ON c.session_id = u.session_id
WHERE u.frozen
