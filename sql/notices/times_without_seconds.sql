-- notice: times_without_seconds      clause: C3      grain: file
-- reads: active_file, file_seen      writes: notice_times_without_seconds (table)
-- why: half a minute more or less decides whether a session lasted long enough. Where every time is midnight, all but the dates was lost.
WITH seen AS (
  SELECT f.file, max(s.cells) FILTER (s.what = 'midnight') AS midnights, sum(s.cells) FILTER (s.what = 'minutes_only') AS minutes
  FROM file_seen AS s
  JOIN active_file AS f ON f.file_no = s.file_no
  WHERE s.what IN ('minutes_only', 'midnight')
  GROUP BY f.file
)
SELECT 'times_without_seconds' AS code, 'attention' AS severity, n.file, '' AS subject, CAST(COALESCE(n.midnights, n.minutes) AS BIGINT) AS count, '' AS value,
  CASE WHEN n.midnights IS NOT NULL
    THEN 'all ' || counted(n.midnights, 'time') || ' of ' || shown(n.file) || ' (started_at, ended_at) are midnight: the times of day are lost, and no session has its length. Export the times with hours, minutes and seconds and run again.'
    ELSE counted(n.minutes, 'time') || ' of ' || shown(n.file) || ' (started_at, ended_at) ' || CASE WHEN n.minutes = 1 THEN 'has' ELSE 'have' END
      || ' no seconds: a session''s length may be up to 59 seconds off, which can make it valid or not. Export the times with seconds and run again.' END AS message
FROM seen AS n
