-- what: whose rows those are that were left out for their form, as far as it can be read      grain: file_no, line
-- reads: unsound_row, active_file      writes: unsound_record (view)
-- why: a row that isn't settled is asked for by its session and its anchor. Of a ragged row no cell has a certain column.
SELECT u.file_no, u.line,
  CASE WHEN is_id(u.cells['session_id']) THEN u.cells['session_id'] END AS session_id,
  CASE WHEN is_id(u.cells['anchor_id']) THEN u.cells['anchor_id'] END AS anchor_id,
  u.session_ended_at AS ended_at
FROM unsound_row AS u
JOIN active_file AS f ON f.file_no = u.file_no
