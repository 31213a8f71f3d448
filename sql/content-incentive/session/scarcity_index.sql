-- rule: scarcity_index      clause: C6      grain: track, settlement_date
-- reads: standing_scarcity, policy_by_day, policy_scarcity      writes: scarcity_in_force (table)
-- why: a session would be multiplied by an index that began after it, or that a newer one had replaced.
-- An index older than the days after which tables renew is still used, and warned of.
WITH begun AS (
  SELECT
    s.track,
    d.settlement_date,
    s.scarcity_index,
    s.effective_from,
    ROW_NUMBER() OVER (PARTITION BY s.track, d.settlement_date ORDER BY s.effective_from DESC) AS newest
  FROM policy_by_day AS d
  JOIN standing_scarcity AS s ON s.effective_from <= d.settlement_date
)
SELECT
  b.track,
  CAST(b.settlement_date AS DATE) AS settlement_date,
  CAST(b.scarcity_index AS DECIMAL(7, 3)) AS scarcity_index,
  CAST(b.effective_from AS DATE) AS effective_from,
  CAST(b.settlement_date >= days_after(b.effective_from, r.renewed_every_days) AS BOOLEAN) AS overdue
FROM begun AS b
CROSS JOIN policy_scarcity AS r
WHERE b.newest = 1
