-- what: what the run counts      grain: one row
-- reads: digital_session_of_period, unadmitted, frozen_account      writes: run_total (table)
-- why: whoever keeps order compares these with what was done.
SELECT
  (SELECT COUNT(*) FROM digital_session_of_period) AS digital_sessions,
  (SELECT COUNT(*) FROM unadmitted) AS unadmitted,
  (SELECT COUNT(*) FROM unadmitted AS u WHERE u.stopped) AS stopped,
  (SELECT COUNT(DISTINCT f.anchor_id) FROM frozen_account AS f) AS accounts_frozen
