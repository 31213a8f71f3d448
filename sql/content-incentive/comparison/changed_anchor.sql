-- what: anchors whose master row A and B have not alike      grain: one row an anchor and side
-- reads: a_standing_anchor, b_standing_anchor      writes: changed_anchor (table)
-- why: where none is changed, nothing has to be settled again for the anchor master. A name earns nothing.
WITH a AS (SELECT anchor_id, agency_id, latest_agency_id, account_kind, first_live_on, newcomer_certified_on, person_id, compliance_code FROM a_standing_anchor),
b AS (SELECT anchor_id, agency_id, latest_agency_id, account_kind, first_live_on, newcomer_certified_on, person_id, compliance_code FROM b_standing_anchor)
SELECT * FROM (FROM a EXCEPT FROM b)
UNION ALL BY NAME
SELECT * FROM (FROM b EXCEPT FROM a)
