-- funnel.csv      grain: stage      how many reached each stage, in the order of the stages
SELECT c.stage, c.customers, c.l1_plus FROM stage_count AS c ORDER BY c.place
