-- notice: ineligible_ignored      clause: P6      grain: subject
-- reads: ineligible_row, export_file, looked_run, run_settlement, run_sessions, policy_ineligible      writes: unheeded (view)
-- why: an export says who may not stream, and a policy that doesn't ask pays them all the same.
-- What a policy doesn't ask for is no part of its runs: so this looks at a run that is published, beside what stands in the warehouse.
WITH standing AS (
  SELECT i.anchor_id, i.from_time, i.to_time, i.cause, i.clause, i.file_no, f.file
  FROM ineligible_row AS i JOIN export_file AS f ON f.file_no = i.file_no
  WHERE f.replaced_by_load IS NULL
),
found AS (
  SELECT s.anchor_id, s.from_time, s.to_time, s.cause, s.file
  FROM standing AS s
  WHERE NOT EXISTS (
    SELECT 1 FROM standing AS later
    WHERE later.anchor_id = s.anchor_id AND later.from_time = s.from_time AND later.cause = s.cause AND later.clause = s.clause
      AND later.file_no > s.file_no)
),
valid_session AS (
  SELECT r.session_id, r.anchor_id, CAST(r.settlement_date AS DATE) AS settlement_date, CAST(r.started_at AS TIMESTAMP) AS started_at
  FROM run_sessions AS r
  WHERE r.valid = 'Y' AND r.anchor_id IN (SELECT p.anchor_id FROM run_settlement AS p WHERE CAST(p.total AS DECIMAL(38, 2)) > 0)
),
paid AS (
  SELECT v.anchor_id, v.session_id, f.cause, f.from_time, f.file
  FROM valid_session AS v
  JOIN found AS f ON f.anchor_id = v.anchor_id
  WHERE NOT EXISTS (SELECT 1 FROM policy_ineligible AS c WHERE c.settlement_date = v.settlement_date AND c.cause = f.cause)
    AND CASE
      WHEN f.cause = 'expelled'
        THEN v.settlement_date >= CAST(f.from_time AS DATE) AND (f.to_time IS NULL OR v.settlement_date <= CAST(f.to_time AS DATE))
      ELSE v.started_at >= f.from_time AND (f.to_time IS NULL OR v.started_at <= f.to_time)
    END
),
anchor AS (
  SELECT p.anchor_id, count(DISTINCT p.session_id) AS sessions, string_agg(DISTINCT p.cause, ';' ORDER BY p.cause) AS causes,
    min(p.from_time) AS first_from, min(p.file) AS file
  FROM paid AS p GROUP BY p.anchor_id
)
SELECT 'ineligible_ignored' AS code, 'attention' AS severity, '' AS file, r.policy_id || ';' || a.anchor_id AS subject, a.sessions AS count, a.causes AS value,
  a.anchor_id || ' is ' || replace(a.causes, ';', ' and ') || ' from ' || strftime(a.first_from, '%Y-%m-%d %H:%M:%S') || ' on (' || shown(a.file) || '), and ' || r.policy_id
    || ' takes ' || counted(a.sessions, 'session') || ' that this concerns for valid, and pays: its policy doesn''t list ' || replace(a.causes, ';', ' and ')
    || ' under valid_session.ineligible. List it there and run again; or accept this, if they are to be paid.' AS message
FROM anchor AS a
CROSS JOIN looked_run AS r
