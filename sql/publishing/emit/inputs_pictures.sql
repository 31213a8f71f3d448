-- inputs/pictures.csv      grain: picture      the pictures of the period, as they were read
-- The name says which measurement is the picture's, so it stands as it was read, without the mark against formulas.
SELECT quoted(s.picture) AS picture, s.publication_id, s.picture_use, s.published_at, flag_cell(s.has_text) AS has_text, flag_cell(s.has_watermark) AS has_watermark,
  flag_cell(s.generated) AS generated, quoted(s.source_file) AS source_file, s.line AS source_line
FROM standing_picture AS s JOIN picture_of_period AS p ON p.picture = s.picture
ORDER BY s.picture
