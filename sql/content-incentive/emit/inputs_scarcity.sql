-- inputs/scarcity.csv      grain: track, effective_from      the rows that had begun by the evaluation date, in the order of the tracks as they are written
SELECT text_cell(s.track) AS track, s.effective_from, s.scarcity_index, quoted(s.source_file) AS source_file, s.line AS source_line
FROM standing_scarcity AS s CROSS JOIN policy_run AS p
WHERE s.effective_from <= p.as_of
ORDER BY guarded(s.track), s.effective_from
