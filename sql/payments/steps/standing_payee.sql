-- what: the payees rows that stand after supersession      grain: payee_type, payee_id
-- reads: payee_row, export_file, file_seen      writes: standing_payee (table)
-- why: money goes to the account that came last, and to none of a file that was replaced. `is_rounded`: all long accounts of
-- its file end in zeros, as a spreadsheet rounds them: the money may go to nobody, or to somebody else.
WITH rounded AS (
  SELECT file_no
  FROM file_seen
  WHERE what = 'long_id' AND column_name = 'account'
  GROUP BY file_no
  HAVING SUM(cells) = SUM(among) AND SUM(cells) > 1
),
standing AS (
  SELECT p.payee_type, p.payee_id, p.name, p.bank, p.account, p.file_no, r.file_no IS NOT NULL AND p.account LIKE '%0' AS is_rounded
  FROM payee_row AS p
  JOIN export_file AS f ON f.file_no = p.file_no
  LEFT JOIN rounded AS r ON r.file_no = p.file_no
  WHERE f.replaced_by_load IS NULL
)
SELECT s.payee_type, s.payee_id, s.name, s.bank, s.account, s.is_rounded
FROM standing AS s
WHERE NOT EXISTS (
  SELECT 1 FROM standing AS later
  WHERE later.payee_type = s.payee_type AND later.payee_id = s.payee_id AND later.file_no > s.file_no)
