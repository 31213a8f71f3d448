-- publications.csv      grain: publication_id, fault      every publication of the period, a line for each fault, and how to fix it
SELECT s.publication_id, s.account_id, quoted(s.kind) AS kind, s.published_at, flag_cell(f.fault IS NULL) AS stands, f.fault,
  CASE f.fault
    WHEN 'missing_picture' THEN 'choose a picture for it'
    WHEN 'missing_title' THEN 'write a title'
    WHEN 'missing_content_type' THEN 'choose a content type' END AS fix,
  CASE f.fault
    WHEN 'missing_picture' THEN '请选择图片'
    WHEN 'missing_title' THEN '请填写标题'
    WHEN 'missing_content_type' THEN '请选择内容类型' END AS fix_zh
FROM publication_of_period AS s
LEFT JOIN publication_fault AS f ON f.publication_id = s.publication_id
ORDER BY s.publication_id, f.fault
