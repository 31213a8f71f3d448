-- what: the rows of ineligible anchors that stand after supersession      grain: anchor_id, from_time, cause, clause
-- reads: ineligible_row, active_file      writes: standing_ineligible (table)
-- why: a later-loaded file supersedes an earlier one's row of the same key; what a replaced file no longer has counts nowhere (P6).
SELECT i.anchor_id, i.from_time, i.to_time, i.cause, i.clause, f.file AS source_file, i.file_no, i.line
FROM ineligible_row AS i JOIN active_file AS f ON f.file_no = i.file_no
WHERE NOT EXISTS (
  SELECT 1 FROM ineligible_row AS later JOIN active_file AS g ON g.file_no = later.file_no
  WHERE later.anchor_id = i.anchor_id AND later.from_time = i.from_time AND later.cause = i.cause AND later.clause = i.clause
    AND later.file_no > i.file_no)
