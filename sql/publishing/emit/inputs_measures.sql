-- inputs/picture_measures.csv      grain: picture      what was measured of the pictures of the period
SELECT quoted(m.picture) AS picture, m.sha256, m.bytes, m.format, m.width, m.height, m.fault, m.tolerance, m.edge_px, m.frame_most_px, m.edge_pixels, m.edge_off_white,
  m.edge_darkest, m.frame_px, m.inside_pixels, m.inside_other, quoted(m.source_file) AS source_file, m.line AS source_line
FROM standing_measure AS m JOIN picture_of_period AS p ON p.picture = m.picture
ORDER BY m.picture
