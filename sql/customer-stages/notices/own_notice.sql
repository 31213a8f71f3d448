-- what: what this programme alone tells      grain: code, subject
-- reads: notice_contacts_unanswerable      writes: own_notice (view)
-- why: it stands in notices.csv beside what is told of every programme's exports.
SELECT n.code, n.severity, n.file, n.subject, n.count, n.value, n.message FROM notice_contacts_unanswerable AS n
