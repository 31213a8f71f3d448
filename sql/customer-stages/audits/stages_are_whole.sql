-- audit: stages_are_whole
-- why: a customer that stands twice, or in a stage that it didn't reach, makes the funnel wrong.
SELECT s.customer_id, COUNT(*) AS rows FROM customer_stage AS s
GROUP BY s.customer_id
HAVING COUNT(*) > 1 OR MAX(CASE WHEN s.repeated AND NOT s.ordered OR (s.handshake OR s.intent OR s.ordered) AND NOT s.reached THEN 1 ELSE 0 END) > 0
