-- inputs/publications.csv      grain: publication_id      the publications of the period, as they were read
SELECT s.publication_id, s.account_id, quoted(s.kind) AS kind, s.published_at, text_cell(s.picture) AS picture, text_cell(s.title) AS title,
  text_cell(s.content_type) AS content_type, quoted(s.source_file) AS source_file, s.line AS source_line
FROM standing_publication AS s JOIN publication_of_period AS p ON p.publication_id = s.publication_id
ORDER BY s.publication_id
