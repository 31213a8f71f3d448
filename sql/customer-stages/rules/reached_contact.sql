-- rule: reached_contact      clause: K3      grain: contact_id
-- reads: standing_contact, policy_run, policy_window      writes: reached_contact (table)
-- why: a mail that never arrived reached nobody, and one of long ago says nothing of today.
SELECT c.contact_id, c.customer_id, c.sent_at, CAST(c.sent_at AS DATE) AS sent_on, c.replied_at
FROM standing_contact AS c
CROSS JOIN policy_run AS p
CROSS JOIN policy_window AS w
WHERE c.delivered AND CAST(c.sent_at AS DATE) <= p.as_of AND days_after(CAST(c.sent_at AS DATE), w.reached_days) > p.as_of
