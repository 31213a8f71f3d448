-- what: what is to be settled with a payee: the lines of the closes that no batch holds, and what earlier batches carried over      grain: payee_type, payee_id, item
-- reads: payment_line, carried_line      writes: payment_item (table)
-- why: a line that is in no batch is paid by nobody, and one that is in two is paid twice.
-- `item` names it wherever it is told of. Whoever is paid or owes first comes first, and a close comes before the next.
SELECT payee_type, payee_id,
  CAST(close_no AS VARCHAR) || ':' || anchor_id || ':' || coalesce(CAST(settlement_date AS VARCHAR), '') || ':' || part AS item,
  close_no, revision, anchor_id, settlement_date, part, amount, CAST(NULL AS INTEGER) AS withheld_in
FROM payment_line
WHERE amount <> 0
UNION ALL
SELECT payee_type, payee_id,
  CAST(close_no AS VARCHAR) || ':' || anchor_id || ':' || coalesce(CAST(settlement_date AS VARCHAR), '') || ':' || part,
  close_no, CAST(NULL AS INTEGER), anchor_id, settlement_date, part, amount, withheld_in
FROM carried_line
