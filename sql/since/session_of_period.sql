-- what: whether some session row that stands ends in the period      grain: one row
-- reads: session_row, unsound_row, file_then_and_now, policy_run      writes: session_of_period (table)
-- why: a month that is over and was never settled is settled where it has something to settle, or to quarantine.
SELECT
  EXISTS (SELECT 1 FROM session_row AS s JOIN file_then_and_now AS f ON f.file_no = s.file_no CROSS JOIN policy_run AS p
    WHERE f.stands AND CAST(s.ended_at AS DATE) BETWEEN p.period_from AND p.as_of)
  OR EXISTS (SELECT 1 FROM unsound_row AS u JOIN file_then_and_now AS f ON f.file_no = u.file_no CROSS JOIN policy_run AS p
    WHERE f.stands AND CAST(u.session_ended_at AS DATE) BETWEEN p.period_from AND p.as_of) AS found
