-- audit: a_span_is_fed_once
-- why: a freeze that no measure stands behind, or one that is fed to nobody, pays too little or too much elsewhere.
SELECT m.anchor_id, m.from_time, m.clause FROM measure AS m
EXCEPT
SELECT s.anchor_id, s.from_time, s.clause FROM fed_span AS s
