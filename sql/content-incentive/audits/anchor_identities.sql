-- audit: anchor_identities
-- why: the contract's identities hold in every row; nobody forfeits more than was earned.
SELECT anchor_id, watch_time_gross, cap_withheld, watch_time, attendance_bonus, newcomer_bonus, forfeited, total
FROM anchor_settlement
WHERE watch_time <> watch_time_gross - cap_withheld
  OR total <> watch_time + attendance_bonus + newcomer_bonus - forfeited
  OR total < 0 OR forfeited < 0
  OR (status = 'out_of_scope' AND (total <> 0 OR watch_time_gross <> 0 OR attendance_bonus <> 0 OR newcomer_bonus <> 0))
