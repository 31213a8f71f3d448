-- what: the anchor rows that stand after supersession      grain: anchor_id
-- reads: anchor_row, active_file      writes: standing_anchor (table)
-- why: a later-loaded file supersedes an earlier one's row of the same key.
SELECT a.anchor_id, a.nickname, a.agency_id, a.account_kind, a.first_live_on, a.newcomer_certified_on, a.person_id, a.compliance_code, f.file AS source_file, a.line
FROM anchor_row AS a JOIN active_file AS f ON f.file_no = a.file_no
WHERE NOT EXISTS (
  SELECT 1 FROM anchor_row AS later JOIN active_file AS g ON g.file_no = later.file_no
  WHERE later.anchor_id = a.anchor_id AND later.file_no > a.file_no)
