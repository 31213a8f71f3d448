-- anchors/<agency id or _independent>/<anchor id>.csv      one row a statement: its path and its whole text
WITH statement_line AS (
  SELECT anchor_id, 1 AS kind, 0 AS place, settlement_date, concat_ws(',', 'day', settlement_date, valid_sessions, valid_seconds, top_level, coalesce(CAST(cap AS VARCHAR), ''), gross, withheld, watch_time,
    CASE WHEN withheld > 0 THEN 'level ' || top_level || ': paid up to the cap of ' || cap ELSE '' END) AS text
  FROM day_amount WHERE valid_sessions > 0
  UNION ALL
  SELECT e.anchor_id, 2, p.place, NULL, e.part || ',,,,,,,,' || e.earned || ',' || coalesce(e.days || ' valid days and ' || minutes_text(e.seconds) || ' counted', '')
  FROM anchor_part AS e JOIN policy_part AS p ON p.part = e.part
  WHERE e.part <> 'watch_time' AND e.earned <> 0
  UNION ALL
  SELECT anchor_id, 3, 0, NULL, 'forfeited,,,,,,,,' || -forfeited || ',' || reasons
    || CASE WHEN ';' || reasons || ';' LIKE '%;low_level_share;%' THEN ' (' || low_level_sessions || ' of ' || share_sessions || ' sessions at a low level)' ELSE '' END
  FROM anchor_settlement WHERE forfeited <> 0
  UNION ALL
  SELECT anchor_id, 4, 0, NULL, 'total,,,,,,,,' || total || ',' || CASE WHEN forfeited = 0 THEN coalesce(reasons, '') ELSE '' END
  FROM anchor_settlement
)
SELECT 'anchors/' || coalesce(s.agency_id, '_independent') || '/' || s.anchor_id || '.csv' AS path,
  'line,date,valid_sessions,valid_seconds,top_level,cap,gross,withheld,amount,note' || chr(10)
    || string_agg(l.text || chr(10), '' ORDER BY l.kind, l.place, l.settlement_date) AS text
FROM statement_line AS l JOIN anchor_settlement AS s ON s.anchor_id = l.anchor_id
GROUP BY s.agency_id, s.anchor_id
ORDER BY path
