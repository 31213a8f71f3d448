-- what: what was published in the period up to the evaluation date      grain: publication_id
-- reads: standing_publication, policy_run      writes: publication_of_period (table)
-- why: a publication belongs to the Beijing day on which it was published.
SELECT s.publication_id, s.account_id, s.kind, s.published_at, CAST(s.published_at AS DATE) AS published_on, s.picture, s.title, s.content_type
FROM standing_publication AS s
CROSS JOIN policy_run AS p
WHERE CAST(s.published_at AS DATE) BETWEEN p.period_from AND p.as_of
