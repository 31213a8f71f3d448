-- what: what this programme alone tells      grain: code, subject
-- reads: notice_admission_unused, notice_live_kind_unknown, notice_merchant_kind_unknown, notice_supplier_unknown      writes: own_notice (view)
-- why: it stands in notices.csv beside what is told of every programme's exports.
SELECT a.code, a.severity, a.file, a.subject, a.count, a.value, a.message FROM notice_admission_unused AS a
UNION ALL
SELECT l.code, l.severity, l.file, l.subject, l.count, l.value, l.message FROM notice_live_kind_unknown AS l
UNION ALL
SELECT m.code, m.severity, m.file, m.subject, m.count, m.value, m.message FROM notice_merchant_kind_unknown AS m
UNION ALL
SELECT s.code, s.severity, s.file, s.subject, s.count, s.value, s.message FROM notice_supplier_unknown AS s
