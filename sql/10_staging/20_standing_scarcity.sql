-- what: the scarcity rows that stand after supersession      grain: track, effective_from
-- reads: scarcity_row, active_file      writes: standing_scarcity (table)
-- why: a later-loaded file supersedes an earlier one's row of the same key.
SELECT track, effective_from, scarcity_index, source_file, line
FROM (
  SELECT s.*, f.file AS source_file, row_number() OVER (PARTITION BY s.track, s.effective_from ORDER BY s.file_no DESC) AS newest
  FROM scarcity_row AS s JOIN active_file AS f ON f.file_no = s.file_no
)
WHERE newest = 1
