-- what: what a batch pays to each payee, where to, and what there is to know of it      grain: payee_type, payee_id
-- reads: payment_balance, withheld_line, standing_payee, payment_terms      writes: payment (table)
-- why: whoever pays needs the account beside the amount, and why the amount isn't what was due.
-- Remarks: owes (all that is due recovers what is owed, and more is owed), recovered (a part of it did), below_minimum, released
-- (money that waited is paid), no_account (where payees are known), account_rounded.
WITH seen AS (
  SELECT payee_type, payee_id,
    MAX(CASE WHEN reason = 'owed' AND released_in IS NOT NULL THEN 1 ELSE 0 END) AS recovered,
    MAX(CASE WHEN reason = 'below_minimum' AND released_in IS NOT NULL THEN 1 ELSE 0 END) AS released
  FROM withheld_line
  GROUP BY payee_type, payee_id
),
remarked AS (
  SELECT b.payee_type, b.payee_id, p.name, p.bank, p.account, b.due, b.paid_later, b.taken_back, b.carried_in, b.to_pay, b.carried_out,
    CASE WHEN b.carried_out < 0 THEN ';owes' ELSE '' END
      || CASE WHEN b.carried_out > 0 THEN ';below_minimum' ELSE '' END
      || CASE WHEN s.recovered = 1 THEN ';recovered' ELSE '' END
      || CASE WHEN s.released = 1 THEN ';released' ELSE '' END
      || CASE WHEN b.to_pay > 0 AND p.account IS NULL AND t.knows_payees THEN ';no_account' ELSE '' END
      || CASE WHEN b.to_pay > 0 AND p.is_rounded THEN ';account_rounded' ELSE '' END AS remarks
  FROM payment_balance AS b
  LEFT JOIN seen AS s ON s.payee_type = b.payee_type AND s.payee_id = b.payee_id
  LEFT JOIN standing_payee AS p ON p.payee_type = b.payee_type AND p.payee_id = b.payee_id
  CROSS JOIN payment_terms AS t
)
SELECT payee_type, payee_id, name, bank, account, due, paid_later, taken_back, carried_in, to_pay, carried_out,
  CASE WHEN remarks = '' THEN '' ELSE substring(remarks, length(';') + 1) END AS remark
FROM remarked
