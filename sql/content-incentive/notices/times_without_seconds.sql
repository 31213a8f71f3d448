-- notice: times_without_seconds      clause: C3      grain: file
-- reads: active_file, file_seen      writes: notice_times_without_seconds (table)
-- why: half a minute more or less decides whether a session lasted long enough.
SELECT 'times_without_seconds' AS code, 'attention' AS severity, f.file, '' AS subject, CAST(sum(s.cells) AS BIGINT) AS count, '' AS value,
  counted(sum(s.cells), 'time') || ' of ' || shown(f.file) || ' (started_at, ended_at) ' || CASE WHEN sum(s.cells) = 1 THEN 'has' ELSE 'have' END
    || ' no seconds: a session''s length may be up to 59 seconds off, which can make it valid or not. Export the times with seconds and run again.' AS message
FROM file_seen AS s
JOIN active_file AS f ON f.file_no = s.file_no
WHERE s.what = 'minutes_only'
GROUP BY f.file
