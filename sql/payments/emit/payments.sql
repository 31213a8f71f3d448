-- payments.csv      grain: payee_type, payee_id      what is paid to whom
SELECT payee_type, payee_id, coalesce(text_cell(name), '') AS name, coalesce(text_cell(bank), '') AS bank, coalesce(account, '') AS account,
  money_cell(due) AS due, money_cell(paid_later) AS paid_later, money_cell(taken_back) AS taken_back, money_cell(carried_in) AS carried_in,
  money_cell(to_pay) AS to_pay, money_cell(carried_out) AS carried_out, remark
FROM payment
ORDER BY payee_type, payee_id
