-- notice: contacts_unanswerable      clause: K4      grain: code
-- reads: standing_contact, policy_run      writes: notice_contacts_unanswerable (table)
-- why: an answer that came before its contact answers something else, or one of the two times is wrong.
SELECT 'contacts_unanswerable' AS code, 'attention' AS severity, '' AS file, '' AS subject, COUNT(*) AS count, '' AS value,
  counted(COUNT(*), 'contact') || ' ' || CASE WHEN COUNT(*) = 1 THEN 'has' ELSE 'have' END
    || ' an answer from before it was sent, which counts for none. Correct the times, and run again.' AS message
FROM standing_contact AS c
CROSS JOIN policy_run AS p
WHERE c.replied_at < c.sent_at AND CAST(c.sent_at AS DATE) <= p.as_of
HAVING COUNT(*) > 0
