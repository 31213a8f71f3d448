-- freezes.csv      grain: violation_id, clause      what is frozen by violations of the period, and who is expelled
SELECT m.violation_id, m.clause, m.anchor_id, m.measure, m.level, m.from_time AS "from", m.to_time AS "to"
FROM measure AS m
ORDER BY m.violation_id, m.clause
