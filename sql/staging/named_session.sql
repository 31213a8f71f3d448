-- what: the standing sessions, of any period, that some penalty names      grain: session_id
-- reads: session_row, active_file, superseded_session, standing_penalty      writes: named_session (table)
-- why: a penalty must be held against the session it names, wherever that ended.
SELECT s.session_id, s.anchor_id, CAST(s.ended_at AS DATE) AS settlement_date
FROM session_row AS s JOIN active_file AS f ON f.file_no = s.file_no
WHERE s.session_id IN (SELECT p.session_id FROM standing_penalty AS p WHERE p.session_id IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM superseded_session AS x WHERE x.file_no = s.file_no AND x.line = s.line)
