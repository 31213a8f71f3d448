-- audit: row_accounting
-- why: every session row that was read is settled or has a reason not to be; a difference is lost or doubled money.
SELECT rows_read, settled, outside_period, superseded, collapsed, quarantined
FROM run_accounting
WHERE rows_read <> settled + outside_period + superseded + collapsed + quarantined
