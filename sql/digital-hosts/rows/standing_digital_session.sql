-- what: the sessions of digital humans that stand after supersession      grain: session_id
-- reads: digital_session_row, active_file      writes: standing_digital_session (table)
-- why: a later-loaded file supersedes an earlier one's row of the same key.
SELECT r.session_id, r.anchor_id, r.started_at, r.ended_at, r.merchant_id, r.merchant_kind, r.live_kind, r.supplier_id, r.room_id, r.avatar_id, r.driver_id,
  r.human_driven, r.human_likeness, r.generated, r.generation_filed, f.file AS source_file, r.file_no, r.line
FROM digital_session_row AS r JOIN active_file AS f ON f.file_no = r.file_no
WHERE NOT EXISTS (
  SELECT 1 FROM digital_session_row AS later JOIN active_file AS g ON g.file_no = later.file_no
  WHERE later.session_id = r.session_id AND later.file_no > r.file_no)
