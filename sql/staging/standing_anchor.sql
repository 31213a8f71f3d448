-- what: the anchor rows that stand after supersession, each with the agency that counts      grain: anchor_id
-- reads: anchor_row, active_file, pinned_agency      writes: standing_anchor (table)
-- why: a later-loaded file supersedes an earlier one's row of the same key. In a closed period an anchor stays with the agency that
-- it was paid through, or money would move from one agency to another without a line (contract, "Payee").
SELECT a.anchor_id, a.nickname, CASE WHEN p.anchor_id IS NULL THEN a.agency_id ELSE p.agency_id END AS agency_id,
  a.account_kind, a.first_live_on, a.newcomer_certified_on, a.person_id, a.compliance_code, f.file AS source_file, a.line,
  a.agency_id AS latest_agency_id
FROM anchor_row AS a JOIN active_file AS f ON f.file_no = a.file_no
LEFT JOIN pinned_agency AS p ON p.anchor_id = a.anchor_id
WHERE NOT EXISTS (
  SELECT 1 FROM anchor_row AS later JOIN active_file AS g ON g.file_no = later.file_no
  WHERE later.anchor_id = a.anchor_id AND later.file_no > a.file_no)
