-- what: the payees rows that stand after supersession      grain: payee_type, payee_id
-- reads: payee_row, export_file      writes: standing_payee (table)
-- why: money goes to the account that came last, and to none of a file that was replaced.
WITH standing AS (
  SELECT p.payee_type, p.payee_id, p.name, p.bank, p.account, p.file_no
  FROM payee_row AS p
  JOIN export_file AS f ON f.file_no = p.file_no
  WHERE f.replaced_by_load IS NULL
)
SELECT s.payee_type, s.payee_id, s.name, s.bank, s.account
FROM standing AS s
WHERE NOT EXISTS (
  SELECT 1 FROM standing AS later
  WHERE later.payee_type = s.payee_type AND later.payee_id = s.payee_id AND later.file_no > s.file_no)
