-- rule: lack      clause: D1, D2, D3, D4, D5      grain: session_id, lack
-- reads: digital_session_of_period, listed_session, part_admission, policy_digital      writes: lack (table)
-- why: who may not stream must know at once all that lacks, and by which clause.
-- Each session by the rules in force on its day; before a rule's first day nothing lacks by it.
WITH ruled AS (
  SELECT s.session_id, r.rule, r.word
  FROM digital_session_of_period AS s
  JOIN policy_digital AS r ON s.judged_on >= r.from_date AND s.judged_on < r.before_date
),
asked AS (
  SELECT s.session_id, r.rule, r.word, s.merchant_kind, s.live_kind, s.human_driven, s.human_likeness, s.generated AND NOT s.generation_filed AS unfiled
  FROM digital_session_of_period AS s
  JOIN ruled AS r ON r.session_id = s.session_id
)
SELECT a.session_id, 'D1' AS clause, 'merchant_kind' AS lack
FROM asked AS a WHERE a.rule = 'merchant.kinds'
GROUP BY a.session_id HAVING MAX(CASE WHEN a.word = a.merchant_kind THEN 1 ELSE 0 END) = 0
UNION ALL
SELECT a.session_id, 'D2', 'supplier_listed'
FROM asked AS a WHERE a.rule = 'supplier.listed' AND a.word = 'true' AND a.session_id NOT IN (SELECT l.session_id FROM listed_session AS l)
UNION ALL
SELECT a.session_id, 'D3', 'human_driven' FROM asked AS a WHERE a.rule = 'host.human_driven' AND a.word = 'true' AND NOT a.human_driven
UNION ALL
SELECT a.session_id, 'D3', 'human_likeness' FROM asked AS a WHERE a.rule = 'host.human_likeness' AND a.word = 'true' AND NOT a.human_likeness
UNION ALL
SELECT a.session_id, 'D3', 'generation_filed' FROM asked AS a WHERE a.rule = 'host.generation_filed' AND a.word = 'true' AND a.unfiled
UNION ALL
SELECT a.session_id, 'D4', 'live_kind'
FROM asked AS a WHERE a.rule = 'live.kinds'
GROUP BY a.session_id HAVING MAX(CASE WHEN a.word = a.live_kind THEN 1 ELSE 0 END) = 0
UNION ALL
SELECT a.session_id, 'D5', p.part
FROM asked AS a
JOIN part_admission AS p ON p.session_id = a.session_id AND p.part = a.word
WHERE a.rule = 'admission.parts' AND p.state <> 'admitted'
