-- rule: publication_fault      clause: V1, V2, V7      grain: publication_id, fault
-- reads: publication_of_period, policy_publishing, policy_publication_kind      writes: publication_fault (table)
-- why: what lacks a picture, a title or a content type isn't shown, and whoever published it must know which and since when.
-- Each publication is judged by the rules in force on its own day (V7).
WITH ruled AS (
  SELECT s.publication_id, s.picture, s.title, s.content_type, r.rule
  FROM publication_of_period AS s
  JOIN policy_publication_kind AS k ON k.kind = s.kind
  JOIN policy_publishing AS r ON s.published_on >= r.from_date AND s.published_on < r.before_date
  WHERE r.value = 1
)
SELECT r.publication_id, 'missing_picture' AS fault FROM ruled AS r WHERE r.rule = 'needs_picture_and_title' AND r.picture IS NULL
UNION ALL
SELECT r.publication_id, 'missing_title' FROM ruled AS r WHERE r.rule = 'needs_picture_and_title' AND r.title IS NULL
UNION ALL
SELECT r.publication_id, 'missing_content_type' FROM ruled AS r WHERE r.rule = 'needs_content_type' AND r.content_type IS NULL
