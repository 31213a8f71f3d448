-- rule: ineligible_session      clause: P6      grain: session_id
-- reads: period_row, standing_ineligible, policy_ineligible      writes: session_ineligibility (table)
-- why: who may not stream would be paid for streaming.
-- A freeze and an unadmitted digital host concern the sessions that start within them, an expulsion those that end on its day or later;
-- both ends are included. A cause that the policy doesn't list on the session's settlement date concerns none.
SELECT
  s.session_id,
  MAX(CASE WHEN i.cause = 'frozen' THEN 1 ELSE 0 END) = 1 AS frozen,
  MAX(CASE WHEN i.cause = 'unadmitted_digital_host' THEN 1 ELSE 0 END) = 1 AS unadmitted_digital_host,
  MAX(CASE WHEN i.cause = 'expelled' THEN 1 ELSE 0 END) = 1 AS expelled
FROM period_row AS s
JOIN standing_ineligible AS i ON i.anchor_id = s.anchor_id
JOIN policy_ineligible AS c ON c.settlement_date = s.settlement_date AND c.cause = i.cause
WHERE CASE
    WHEN i.cause = 'expelled'
      THEN s.settlement_date >= CAST(i.from_time AS DATE) AND (i.to_time IS NULL OR s.settlement_date <= CAST(i.to_time AS DATE))
    ELSE s.started_at >= i.from_time AND (i.to_time IS NULL OR s.started_at <= i.to_time)
  END
GROUP BY s.session_id
