-- rule: fed_span      clause: D6      grain: anchor_id, from_time, cause, clause
-- reads: unadmitted, lack, frozen_account      writes: fed_span (table)
-- why: what lacks must stop the session that lacks it and no other, and a freeze every session after it.
-- An unadmitted session is the one that starts in its second, by each clause that lacks something. It is stopped for what it lacks and not for the freeze that
-- follows from it, so the account that streamed is fed as frozen from the second after. Of freezes that begin in one second the longest stands.
SELECT DISTINCT u.anchor_id, u.started_at AS from_time, u.started_at AS to_time, 'unadmitted_digital_host' AS cause, l.clause
FROM unadmitted AS u
JOIN lack AS l ON l.session_id = u.session_id
WHERE u.stopped
UNION ALL
SELECT b.anchor_id, b.from_time, MAX(b.to_time), 'frozen', 'D6'
FROM (
  SELECT f.anchor_id, CASE WHEN f.streamed THEN f.from_time + to_seconds(1) ELSE f.from_time END AS from_time, f.to_time FROM frozen_account AS f
) AS b
GROUP BY b.anchor_id, b.from_time
