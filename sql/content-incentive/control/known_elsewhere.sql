-- what: sessions that the control desk names and whose row ends outside the period      grain: session_id
-- reads: standing_control, session_row, active_file, unsound_record, session_line, unsettled_session, policy_run      writes: known_elsewhere (table)
-- why: a list of the control desk may serve several periods; what belongs to another one isn't missing in this.
WITH named AS (
  SELECT c.session_id FROM standing_control AS c WHERE c.session_id IS NOT NULL
),
known AS (
  SELECT s.session_id FROM session_row AS s JOIN active_file AS f ON f.file_no = s.file_no
  WHERE s.session_id IN (SELECT n.session_id FROM named AS n)
  UNION
  SELECT u.session_id FROM unsound_record AS u CROSS JOIN policy_run AS p
  WHERE u.session_id IN (SELECT n.session_id FROM named AS n) AND CAST(u.ended_at AS DATE) NOT BETWEEN p.period_from AND p.as_of
)
SELECT k.session_id
FROM known AS k
WHERE k.session_id NOT IN (SELECT s.session_id FROM session_line AS s WHERE s.session_id IN (SELECT n.session_id FROM named AS n))
  AND k.session_id NOT IN (SELECT u.session_id FROM unsettled_session AS u WHERE u.session_id IS NOT NULL)
