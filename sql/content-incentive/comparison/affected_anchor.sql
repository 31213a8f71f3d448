-- what: the anchors whose figures anything but the policy can have changed      grain: anchor_id
-- reads: a_period_row, b_period_row, a_standing_anchor, b_standing_anchor, leaving_session, entering_session, changed_penalty, changed_anchor, changed_scarcity      writes: affected_anchor (table)
-- why: only these are settled again. An anchor's figures depend on its own rows, on its agency's penalties and on the other anchors of its person.
WITH anchor AS (
  SELECT anchor_id, agency_id, person_id FROM a_standing_anchor
  UNION
  SELECT anchor_id, agency_id, person_id FROM b_standing_anchor
),
indexed AS (
  SELECT anchor_id, track FROM a_period_row WHERE own_scarcity_index IS NULL
  UNION ALL
  SELECT anchor_id, track FROM b_period_row WHERE own_scarcity_index IS NULL
),
named AS (
  SELECT anchor_id, session_id FROM a_period_row
  UNION ALL
  SELECT anchor_id, session_id FROM b_period_row
),
changed AS (
  SELECT anchor_id FROM leaving_session
  UNION
  SELECT anchor_id FROM entering_session
  UNION
  SELECT anchor_id FROM changed_anchor
  UNION
  SELECT anchor_id FROM changed_penalty WHERE anchor_id IS NOT NULL
  UNION
  SELECT n.anchor_id FROM named AS n WHERE n.session_id IN (SELECT p.session_id FROM changed_penalty AS p)
  UNION
  SELECT a.anchor_id FROM anchor AS a WHERE a.agency_id IN (SELECT p.agency_id FROM changed_penalty AS p)
  UNION
  SELECT i.anchor_id FROM indexed AS i WHERE i.track IN (SELECT s.track FROM changed_scarcity AS s)
)
SELECT anchor_id FROM changed
UNION
SELECT mate.anchor_id
FROM anchor AS mate
WHERE mate.person_id IN (SELECT a.person_id FROM anchor AS a JOIN changed AS c ON c.anchor_id = a.anchor_id)
