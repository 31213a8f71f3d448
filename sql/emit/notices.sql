-- notices.csv      grain: code, file, subject, value
SELECT code, severity, quoted(file) AS file, quoted(subject) AS subject, count, text_cell(value) AS value, text_cell(message) AS message
FROM notice
ORDER BY notice.code, notice.file, notice.subject, notice.value, notice.message
