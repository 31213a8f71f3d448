-- what: anchors whose standing row is another than then, or who came or went      grain: anchor_id
-- reads: anchor_row, file_then_and_now, earlier_run, pinned_agency      writes: moved_anchor (table)
-- why: scope, agency, person, certification and compliance code decide what an anchor is paid, in every period.
-- `left_agency`: whether it belongs elsewhere than then, or came or went.
-- `settled_alike`: nothing that its own period depends on is another. The nickname stands in the tables of an open period; it is no
-- figure, so a closed one isn't restated for it. Nor is it for an agency where the one that was paid stands.
WITH moved_key AS (
  SELECT DISTINCT a.anchor_id FROM anchor_row AS a JOIN file_then_and_now AS f ON f.file_no = a.file_no WHERE f.moved
),
candidate AS (
  SELECT a.* REPLACE (CASE WHEN e.closed THEN NULL ELSE a.nickname END AS nickname), f.stood, f.stands,
    CASE WHEN a.anchor_id IN (SELECT p.anchor_id FROM pinned_agency AS p) THEN NULL ELSE a.agency_id END AS counted_agency_id
  FROM anchor_row AS a JOIN file_then_and_now AS f ON f.file_no = a.file_no CROSS JOIN earlier_run AS e
  WHERE a.anchor_id IN (SELECT k.anchor_id FROM moved_key AS k)
),
stood AS (SELECT *, row_number() OVER (PARTITION BY anchor_id ORDER BY file_no DESC) AS newest FROM candidate WHERE stood),
stands AS (SELECT *, row_number() OVER (PARTITION BY anchor_id ORDER BY file_no DESC) AS newest FROM candidate WHERE stands),
was AS (SELECT * EXCLUDE (file_no, line, stood, stands, newest) FROM stood WHERE newest = 1),
is_now AS (SELECT * EXCLUDE (file_no, line, stood, stands, newest) FROM stands WHERE newest = 1),
alike AS (
  SELECT * EXCLUDE (agency_id) FROM was
  INTERSECT
  SELECT * EXCLUDE (agency_id) FROM is_now
),
changed AS (
  (FROM was EXCEPT FROM is_now)
  UNION ALL
  (FROM is_now EXCEPT FROM was)
)
SELECT anchor_id, count(*) = 1 OR min(coalesce(agency_id, '')) <> max(coalesce(agency_id, '')) AS left_agency,
  anchor_id IN (SELECT l.anchor_id FROM alike AS l) AS settled_alike
FROM changed GROUP BY anchor_id
