-- what: what the run counts      grain: one row
-- reads: publication_of_period, publication_fault, picture_of_period, picture_fault      writes: run_total (table)
-- why: whoever publishes compares these with what was shown.
SELECT
  (SELECT COUNT(*) FROM publication_of_period) AS publications,
  (SELECT COUNT(*) FROM (SELECT DISTINCT f.publication_id FROM publication_fault AS f)) AS faulty_publications,
  (SELECT COUNT(*) FROM picture_of_period) AS pictures,
  (SELECT COUNT(*) FROM (SELECT DISTINCT f.picture FROM picture_fault AS f)) AS faulty_pictures
