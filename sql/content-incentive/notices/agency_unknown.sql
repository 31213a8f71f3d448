-- notice: agency_unknown      clause: C13      grain: subject
-- reads: judged_penalty, standing_anchor      writes: notice_agency_unknown (table)
-- why: a penalty on an agency that nobody belongs to takes nothing from anybody.
WITH agency AS (
  SELECT a.agency_id FROM standing_anchor AS a WHERE a.agency_id IS NOT NULL
  UNION
  SELECT a.latest_agency_id FROM standing_anchor AS a WHERE a.latest_agency_id IS NOT NULL
),
unknown AS (
  SELECT p.agency_id, count(*) AS penalties
  FROM judged_penalty AS p
  WHERE p.fault IS NULL AND p.agency_id IS NOT NULL AND p.agency_id NOT IN (SELECT a.agency_id FROM agency AS a)
  GROUP BY p.agency_id
),
hint AS (
  SELECT u.agency_id, min(a.agency_id) AS near FROM agency AS a JOIN unknown AS u ON plain_id(u.agency_id) = plain_id(a.agency_id) GROUP BY u.agency_id
)
SELECT 'agency_unknown' AS code, 'attention' AS severity, '' AS file, u.agency_id AS subject, u.penalties AS count, '' AS value,
  counted(u.penalties, 'penalty') || ' on agency ' || u.agency_id || ', which no anchor belongs to, ' || CASE WHEN u.penalties = 1 THEN 'takes' ELSE 'take' END
    || ' nothing from anybody' || CASE WHEN h.near IS NULL THEN '. Correct the agency of the penalty or of its anchors, and run again.' ELSE did_you_mean(h.near) END AS message
FROM unknown AS u
LEFT JOIN hint AS h ON h.agency_id = u.agency_id
