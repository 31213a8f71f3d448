-- what: whether the programme has any export      grain: one row
-- reads: file_then_and_now, policy_kind      writes: session_of_period (table)
-- why: a period that is over and was never settled is settled where it has something to judge.
SELECT EXISTS (SELECT 1 FROM file_then_and_now AS f JOIN policy_kind AS k ON k.kind = f.kind WHERE f.stands) AS found
