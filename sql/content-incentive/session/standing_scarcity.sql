-- what: the scarcity rows that stand after supersession      grain: track, effective_from
-- reads: scarcity_row, active_file      writes: standing_scarcity (table)
-- why: a later-loaded file supersedes an earlier one's row of the same key.
SELECT s.track, s.effective_from, s.scarcity_index, f.file AS source_file, s.line
FROM scarcity_row AS s JOIN active_file AS f ON f.file_no = s.file_no
WHERE NOT EXISTS (
  SELECT 1 FROM scarcity_row AS later JOIN active_file AS g ON g.file_no = later.file_no
  WHERE later.track = s.track AND later.effective_from = s.effective_from AND later.file_no > s.file_no)
