-- inputs/customer_contacts.csv      grain: contact_id      the rows up to the evaluation date, as they were read
SELECT c.contact_id, c.customer_id, c.channel, c.sent_at, flag_cell(c.delivered) AS delivered, c.replied_at, quoted(c.source_file) AS source_file, c.line AS source_line
FROM standing_contact AS c CROSS JOIN policy_run AS p WHERE CAST(c.sent_at AS DATE) <= p.as_of
ORDER BY c.contact_id
