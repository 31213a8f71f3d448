-- withheld.csv      grain: payee_type, payee_id, close_no, anchor_id, date, part, reason, against      every fen that is not simply paid
SELECT payee_type, payee_id, close_no, anchor_id, settlement_date AS date, part, money_cell(amount) AS amount, reason, withheld_in, released_in, against
FROM withheld_line
ORDER BY payee_type, payee_id, close_no, anchor_id, settlement_date NULLS FIRST, part, reason, against
