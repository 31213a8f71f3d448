-- what: the measurements that stand after supersession      grain: picture
-- reads: picture_measure_row, active_file      writes: standing_measure (table)
-- why: a later-loaded file supersedes an earlier one's row of the same key.
SELECT r.picture, r.sha256, r.bytes, r.format, r.width, r.height, r.fault, r.tolerance, r.edge_px, r.frame_most_px, r.edge_pixels, r.edge_off_white, r.edge_darkest, r.frame_px, r.inside_pixels, r.inside_other, f.file AS source_file, r.file_no, r.line
FROM picture_measure_row AS r JOIN active_file AS f ON f.file_no = r.file_no
WHERE NOT EXISTS (
  SELECT 1 FROM picture_measure_row AS later JOIN active_file AS g ON g.file_no = later.file_no
  WHERE later.picture = r.picture AND later.file_no > r.file_no)
