-- audit: an_unadmitted_session_is_fed
-- why: a session that is stopped and a freeze that is fed to nobody are paid for elsewhere.
SELECT u.session_id AS subject FROM unadmitted AS u
WHERE u.stopped AND NOT EXISTS (SELECT 1 FROM fed_span AS s WHERE s.anchor_id = u.anchor_id AND s.from_time = u.started_at AND s.cause <> 'frozen')
UNION ALL
SELECT f.session_id FROM frozen_account AS f
WHERE NOT EXISTS (SELECT 1 FROM fed_span AS s WHERE s.anchor_id = f.anchor_id AND s.cause = 'frozen' AND s.from_time <= f.from_time + to_seconds(1) AND s.to_time >= f.to_time)
