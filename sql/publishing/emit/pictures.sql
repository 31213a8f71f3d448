-- pictures.csv      grain: picture, fault      every picture of the period, a line for each fault, and how to fix it
WITH limits AS (
  SELECT s.picture,
    MAX(CASE WHEN r.rule = 'max_bytes' THEN r.value END) AS max_bytes,
    MAX(CASE WHEN r.rule = 'min_width' THEN r.value END) AS min_width,
    MAX(CASE WHEN r.rule = 'min_height' THEN r.value END) AS min_height
  FROM picture_of_period AS s
  JOIN policy_publishing AS r ON s.published_on >= r.from_date AND s.published_on < r.before_date
  GROUP BY s.picture
)
SELECT text_cell(s.picture) AS picture, s.publication_id, s.picture_use, s.published_at, s.format, s.bytes, s.width, s.height, s.edge_pixels, s.edge_off_white,
  s.frame_px, flag_cell(f.fault IS NULL) AS stands, f.fault,
  quoted(CASE f.fault
    WHEN 'not_measured' THEN 'measure it with settle check pictures --csv and put the file among the exports'
    WHEN 'measured_otherwise' THEN 'measure it again by the terms of this policy'
    WHEN 'not_a_file' THEN 'put the picture itself there: a link or a folder is none'
    WHEN 'empty_file' THEN 'save it again: the file is empty'
    WHEN 'unreadable' THEN 'save it again as JPG or PNG: it is cut off or damaged'
    WHEN 'too_many_pixels' THEN 'make it smaller: it has more pixels than are looked at'
    WHEN 'too_large_to_read' THEN 'make it smaller: the file is larger than any that is looked at'
    WHEN 'format' THEN 'save it as JPG or PNG: its content is ' || s.format || ', whatever its name says'
    WHEN 'too_heavy' THEN 'save it with at most ' || l.max_bytes || ' bytes: it has ' || s.bytes
    WHEN 'too_narrow' THEN 'make it at least ' || l.min_width || ' pixels wide: it has ' || s.width
    WHEN 'too_low' THEN 'make it at least ' || l.min_height || ' pixels high: it has ' || s.height
    WHEN 'ground' THEN 'make the ground pure white, RGB 255, 255, 255, without shadow, gradient or texture: ' || s.edge_off_white || ' of ' || s.edge_pixels || ' pixels of its edge are not'
    WHEN 'frame' THEN 'take the border off: ' || s.frame_px || ' pixels around it have one colour'
    WHEN 'text' THEN 'take the text off'
    WHEN 'watermark' THEN 'take the watermark off'
    WHEN 'generated' THEN 'take a photograph: a generated or composed picture is no main picture' END) AS fix,
  CASE f.fault
    WHEN 'not_measured' THEN '请用 settle check pictures --csv 测量，并把结果文件放入导出文件夹'
    WHEN 'measured_otherwise' THEN '请按本政策的参数重新测量'
    WHEN 'not_a_file' THEN '请放入图片本身：链接或文件夹不是图片'
    WHEN 'empty_file' THEN '请重新保存：文件是空的'
    WHEN 'unreadable' THEN '请重新保存为 JPG 或 PNG：文件被截断或已损坏'
    WHEN 'too_many_pixels' THEN '请缩小图片：像素数超过检查上限'
    WHEN 'too_large_to_read' THEN '请缩小图片：文件超过检查上限'
    WHEN 'format' THEN '请保存为 JPG 或 PNG：其内容是 ' || s.format || '，与文件名无关'
    WHEN 'too_heavy' THEN '请保存为不超过 ' || l.max_bytes || ' 字节：现为 ' || s.bytes
    WHEN 'too_narrow' THEN '宽度须至少 ' || l.min_width || ' 像素：现为 ' || s.width
    WHEN 'too_low' THEN '高度须至少 ' || l.min_height || ' 像素：现为 ' || s.height
    WHEN 'ground' THEN '背景须为纯白（RGB 255、255、255），无阴影、渐变、纹理：边缘 ' || s.edge_pixels || ' 个像素中有 ' || s.edge_off_white || ' 个不是'
    WHEN 'frame' THEN '请去掉边框：四周有 ' || s.frame_px || ' 像素为同一颜色'
    WHEN 'text' THEN '请去掉文字'
    WHEN 'watermark' THEN '请去掉水印'
    WHEN 'generated' THEN '请改用实拍图：生成或合成的图片不能作主图' END AS fix_zh
FROM picture_of_period AS s
LEFT JOIN picture_fault AS f ON f.picture = s.picture
LEFT JOIN limits AS l ON l.picture = s.picture
ORDER BY s.picture, f.fault
