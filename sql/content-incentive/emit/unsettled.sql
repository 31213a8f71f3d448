-- unsettled.csv      grain: file, line      a line for every session row that is quarantined, with what has to come so that it is settled
-- Of many faults the first few are said, so that a million rows of faults alone can be added up in little room.
WITH faulty_master AS (
  SELECT r.anchor_id, min(q.file || ', line ' || q.line) AS place
  FROM quarantine_line AS q
  JOIN unsound_record AS r ON r.file_no = q.file_no AND r.line = q.line
  WHERE q.kind = 'anchors' AND r.anchor_id IS NOT NULL
  GROUP BY r.anchor_id
),
need AS (
  SELECT h.file_no, h.line, h.hint IN ('total_line', 'header_line') AS whole_row, CASE
      WHEN h.hint IN ('total_line', 'header_line') THEN seen_words(h.hint, h.detail, h.line) || ': ' || fix_of_hint(h.hint, h.detail, h.code)
      WHEN h.code = 'unknown_anchor' THEN 'a row of anchor ' || u.anchor_id || ' in an anchors file' || coalesce(' (' || m.place || ', is faulty)', '')
      WHEN h.code = 'no_unit_price' THEN 'a rate for level ' || u.quality_level || ' in watch_time.rates, or unit_price in the export'
      WHEN h.code = 'no_scarcity_index' THEN 'an index of track ' || u.track || ' in force on ' || u.settlement_date || ' in a scarcity file, or scarcity_index in the export'
      ELSE coalesce(h.column_name || ': ', '') || fix_words(h.kind, h.column_name, h.code, h.hint, h.detail, h.width, h.header_width)
    END AS text, CASE
      WHEN h.hint IN ('total_line', 'header_line') THEN seen_words_zh(h.hint, h.detail, h.line) || '：' || fix_of_hint_zh(h.hint, h.detail, h.code)
      WHEN h.code = 'unknown_anchor' THEN '主播文件中要有主播 ' || u.anchor_id || ' 的行' || coalesce('（' || regexp_replace(m.place, ', line (\d+)$', ' 第 \1 行') || '有误）', '')
      WHEN h.code = 'no_unit_price' THEN '政策的 watch_time.rates 中要有等级 ' || u.quality_level || ' 的单价，或导出文件填写结算单价'
      WHEN h.code = 'no_scarcity_index' THEN '指数表中要有赛道「' || u.track || '」在 ' || u.settlement_date || ' 生效的指数，或导出文件填写内容稀缺度指数'
      ELSE coalesce(h.column_name || '：', '') || fix_words_zh(h.kind, h.column_name, h.code, h.hint, h.detail, h.width, h.header_width)
    END AS text_zh
  FROM fault_hint AS h
  JOIN unsettled_session AS u ON u.file_no = h.file_no AND u.line = h.line
  LEFT JOIN faulty_master AS m ON m.anchor_id = u.anchor_id
  WHERE u.settled_file IS NULL
),
needed AS (
  SELECT file_no, line, CASE WHEN bool_or(whole_row) THEN 1 ELSE count(*) END AS needs, min({'text': text, 'zh': text_zh}, 4) AS texts
  FROM need
  GROUP BY file_no, line
)
SELECT quoted(u.file) AS file, u.line, u.session_id, u.anchor_id, u.agency_id, u.ended_at, u.codes,
  text_cell(CASE
    WHEN u.settled_file IS NOT NULL THEN 'nothing: ' || u.settled_file || ', line ' || u.settled_line || ', settles the session; remove this row from its file'
    ELSE array_to_string(list_transform(n.texts[1:n.needs], lambda t: t.text), '; ') || CASE WHEN n.needs > len(n.texts) THEN '; and ' || (n.needs - len(n.texts)) || ' more, see quarantine.csv' ELSE '' END
  END) AS needs,
  text_cell(CASE
    WHEN u.settled_file IS NOT NULL THEN '无需补充：' || u.settled_file || ' 第 ' || u.settled_line || ' 行已结算该场次，请从原文件中删去本行'
    ELSE array_to_string(list_transform(n.texts[1:n.needs], lambda t: t.zh), '；') || CASE WHEN n.needs > len(n.texts) THEN '；另有 ' || (n.needs - len(n.texts)) || ' 项，见 quarantine.csv' ELSE '' END
  END) AS needs_zh
FROM unsettled_session AS u
LEFT JOIN needed AS n ON n.file_no = u.file_no AND n.line = u.line
ORDER BY u.file, u.line
