-- what: how many rows of each kind touch the period      grain: what
-- reads: moved_session, moved_fault, moved_anchor, moved_penalty, moved_scarcity, moved_ineligible, session_row, scarcity_row, file_then_and_now, policy_run, policy_penalty_rule, policy_ineligible, policy_forfeit      writes: touch (table)
-- why: a period that none touches has the figures that it had. Too much costs time, too little money.
-- Sessions and faults: by their end. Anchors: with a session in the period; whoever shares their person or agency is paid by rows of
-- their own. Penalties: of a session of the period, or imposed within the days that some rule counts. Scarcity: where a session
-- without an index of its own ended while the row was in force; beyond the next row, that one's own change tells.
-- Ineligible anchors: where a cause that the policy asks about concerns a session of the period, or takes parts of the whole of it.
WITH in_period AS (
  SELECT s.session_id, s.anchor_id, s.track, s.started_at, CAST(s.ended_at AS DATE) AS ended_on, s.scarcity_index
  FROM session_row AS s
  JOIN file_then_and_now AS f ON f.file_no = s.file_no
  CROSS JOIN policy_run AS p
  WHERE f.stands AND CAST(s.ended_at AS DATE) BETWEEN p.period_from AND p.as_of
),
counted AS (
  SELECT least(min(r.counted_from), any_value(p.period_from)) AS counted_from, any_value(p.as_of) AS counted_to
  FROM policy_run AS p LEFT JOIN policy_penalty_rule AS r ON true
),
row_in_force AS (
  SELECT c.track, c.effective_from, min(n.effective_from) AS next_from
  FROM moved_scarcity AS c
  LEFT JOIN (scarcity_row AS n JOIN file_then_and_now AS f ON f.file_no = n.file_no AND f.stands)
    ON n.track = c.track AND n.effective_from > c.effective_from
  GROUP BY c.track, c.effective_from
),
unpriced AS (
  SELECT DISTINCT s.track, s.ended_on FROM in_period AS s
  WHERE s.scarcity_index IS NULL AND s.track IN (SELECT c.track FROM moved_scarcity AS c)
),
touching AS (
  SELECT 'session' AS what, c.session_id AS id FROM moved_session AS c CROSS JOIN policy_run AS p
  WHERE c.ended_on BETWEEN p.period_from AND p.as_of
  UNION
  SELECT 'faulty row', file || ' ' || line FROM moved_fault
  UNION
  SELECT 'anchor', s.anchor_id FROM in_period AS s WHERE s.anchor_id IN (SELECT c.anchor_id FROM moved_anchor AS c WHERE NOT c.settled_alike)
  UNION
  SELECT 'penalty', c.penalty_id FROM moved_penalty AS c CROSS JOIN counted AS r
  WHERE c.penalized_on BETWEEN r.counted_from AND r.counted_to
    OR c.session_id IN (SELECT s.session_id FROM in_period AS s WHERE s.session_id IN (SELECT n.session_id FROM moved_penalty AS n))
  UNION
  SELECT 'ineligible anchor', c.anchor_id || ' ' || c.from_time || ' ' || c.cause || ' ' || c.clause
  FROM moved_ineligible AS c CROSS JOIN policy_run AS p JOIN in_period AS s ON s.anchor_id = c.anchor_id
  WHERE (c.cause IN (SELECT i.cause FROM policy_ineligible AS i)
      AND CASE WHEN c.cause = 'expelled' THEN s.ended_on >= CAST(c.from_time AS DATE) AND (c.to_time IS NULL OR s.ended_on <= CAST(c.to_time AS DATE))
        ELSE s.started_at >= c.from_time AND (c.to_time IS NULL OR s.started_at <= c.to_time) END)
    OR (c.cause IN (SELECT f.rule FROM policy_forfeit AS f)
      AND CAST(c.from_time AS DATE) <= p.as_of AND (c.to_time IS NULL OR CAST(c.to_time AS DATE) >= p.period_from))
  UNION
  SELECT 'scarcity index', r.track || ' ' || r.effective_from
  FROM row_in_force AS r
  JOIN unpriced AS u ON u.track = r.track AND u.ended_on >= r.effective_from AND (r.next_from IS NULL OR u.ended_on < r.next_from)
)
SELECT what, count(*) AS rows FROM touching GROUP BY what
