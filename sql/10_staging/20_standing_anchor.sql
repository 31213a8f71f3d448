-- what: the anchor rows that stand after supersession      grain: anchor_id
-- reads: anchor_row, active_file      writes: standing_anchor (table)
-- why: a later-loaded file supersedes an earlier one's row of the same key.
SELECT anchor_id, nickname, agency_id, account_kind, first_live_on, newcomer_certified_on, person_id, compliance_code, source_file, line
FROM (
  SELECT a.*, f.file AS source_file, row_number() OVER (PARTITION BY a.anchor_id ORDER BY a.file_no DESC) AS newest
  FROM anchor_row AS a JOIN active_file AS f ON f.file_no = a.file_no
)
WHERE newest = 1
