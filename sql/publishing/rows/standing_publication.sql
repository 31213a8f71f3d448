-- what: the publications that stand after supersession      grain: publication_id
-- reads: publication_row, active_file      writes: standing_publication (table)
-- why: a later-loaded file supersedes an earlier one's row of the same key.
SELECT r.publication_id, r.account_id, r.kind, r.published_at, r.picture, r.title, r.content_type, f.file AS source_file, r.file_no, r.line
FROM publication_row AS r JOIN active_file AS f ON f.file_no = r.file_no
WHERE NOT EXISTS (
  SELECT 1 FROM publication_row AS later JOIN active_file AS g ON g.file_no = later.file_no
  WHERE later.publication_id = r.publication_id AND later.file_no > r.file_no)
