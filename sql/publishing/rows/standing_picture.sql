-- what: the pictures that stand after supersession      grain: picture
-- reads: picture_row, active_file      writes: standing_picture (table)
-- why: a later-loaded file supersedes an earlier one's row of the same key.
SELECT r.picture, r.publication_id, r.picture_use, r.published_at, r.has_text, r.has_watermark, r.generated, f.file AS source_file, r.file_no, r.line
FROM picture_row AS r JOIN active_file AS f ON f.file_no = r.file_no
WHERE NOT EXISTS (
  SELECT 1 FROM picture_row AS later JOIN active_file AS g ON g.file_no = later.file_no
  WHERE later.picture = r.picture AND later.file_no > r.file_no)
