-- inputs/anchors.csv      grain: anchor_id      the anchors of settlement.csv
-- The account kind decides who is settled (C1), so it stands as it was read, without the mark against formulas.
SELECT a.anchor_id, text_cell(a.nickname) AS nickname, a.agency_id, quoted(a.account_kind) AS account_kind, a.first_live_on,
  a.newcomer_certified_on, a.person_id, a.compliance_code, quoted(a.source_file) AS source_file, a.line AS source_line
FROM standing_anchor AS a JOIN anchor_settlement AS s ON s.anchor_id = a.anchor_id
ORDER BY a.anchor_id
