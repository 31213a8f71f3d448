-- What is said of a quarantined row, in Chinese: what is seen of its cause, and how to fix it. The same codes and hints as in fault_words.sql.

CREATE OR REPLACE TEMP MACRO seen_words_zh(hint, detail, line) AS CASE hint
  WHEN 'total_line' THEN '第 ' || line || ' 行像是合计行（' || detail || '）'
  WHEN 'header_line' THEN '第 ' || line || ' 行像是表头'
END;

CREATE OR REPLACE TEMP MACRO fix_of_hint_zh(hint, detail, code) AS CASE hint
  WHEN 'total_line' THEN '请从导出文件中删去'
  WHEN 'header_line' THEN '请删去；如其下各行的列序不同，请另存为一个文件'
  WHEN 'characters' THEN '请去掉 ' || regexp_replace(detail, ' \([^)]*\)', '', 'g')
  WHEN 'excel_text' THEN '请只写文本本身，不带 ="…"'
  WHEN 'failed_formula' THEN '请在电子表格中更正该单元格后重新导出'
  WHEN 'formula' THEN '请用电子表格程序打开并重新保存，或以数值代替公式'
  WHEN 'fraction_id' THEN '请把该列设为文本格式，写入 ID'
  WHEN 'number_id' THEN '末几位已丢失：请把该列设为文本格式，从来源重新取得 ID'
  WHEN 'rounded_id' THEN '末几位已丢失：请把该列设为文本格式，从来源重新取得 ID'
  WHEN 'apostrophe' THEN '请去掉 ID 前的撇号'
  WHEN 'serial_number' THEN CASE code WHEN 'bad_date' THEN '请把该列设为 YYYY-MM-DD 格式' ELSE '请把该列设为 YYYY-MM-DD HH:MM:SS 格式' END
  WHEN 'hour_24' THEN '请写成次日 00:00:00'
  WHEN 'twelve_hours' THEN '请按 24 小时制写成 YYYY-MM-DD HH:MM:SS'
  WHEN 'fraction' THEN '请写整秒'
  WHEN 'no_such_day' THEN '没有这一天，请更正'
  WHEN 'with_clock' THEN '请只写日期，如 YYYY-MM-DD'
  WHEN 'separators' THEN '请去掉千位分隔符'
  WHEN 'decimal_comma' THEN '请用小数点'
  WHEN 'exponent' THEN '请写出全部数字，不用科学记数法'
  WHEN 'unit' THEN '请只写数字，不带单位'
END;
CREATE OR REPLACE TEMP MACRO fix_of_code_zh(kind, column_name, code, width, header_width) AS CASE code
  WHEN 'missing' THEN CASE WHEN kind = 'penalties' AND column_name = 'anchor_id' THEN '请写明主播或机构' ELSE '请填写' END
  WHEN 'bad_id' THEN '请只用 A-Z a-z 0-9 _ . -，以字母或数字开头'
  WHEN 'bad_time' THEN '请写成 YYYY-MM-DD HH:MM:SS'
  WHEN 'bad_date' THEN '请写成 YYYY-MM-DD'
  WHEN 'bad_flag' THEN '请写 Y 或 N'
  WHEN 'bad_number' THEN '请写数字，允许小数时最多一个小数点'
  WHEN 'too_precise' THEN '请减少小数位'
  WHEN 'out_of_range' THEN '请更正'
  WHEN 'bad_value' THEN CASE WHEN kind = 'penalties' AND column_name = 'agency_id' THEN '主播与机构请只填一个' WHEN column_name IN ('nickname', 'account_kind', 'track', 'name') THEN '请写较短的文字，不带控制字符' ELSE '请写该列认可的词' END
  WHEN 'ragged_row' THEN CASE WHEN width > header_width THEN '含逗号的单元格请加引号' WHEN width < header_width THEN '请写满 ' || header_width || ' 个单元格，空白的也要写' ELSE '单元格数请与表头一致' END
  WHEN 'ends_before_start' THEN '请更正开播时间或下播时间'
  WHEN 'effective_exceeds_duration' THEN '请更正有效时长秒、开播时间或下播时间'
  WHEN 'conflicting_duplicate' THEN '该行请只导出一次，写正确的值'
  WHEN 'unknown_anchor' THEN '请在主播文件中导出该主播的行'
  WHEN 'penalty_session_mismatch' THEN '请更正处罚的场次或归属'
  WHEN 'no_scarcity_index' THEN '请在内容稀缺度指数表中给出该赛道的指数，或在场次中导出内容稀缺度指数'
  WHEN 'no_unit_price' THEN '请在政策的 watch_time.rates 中给出该等级的单价，或在场次中导出结算单价'
END;
CREATE OR REPLACE TEMP MACRO fix_words_zh(kind, column_name, code, hint, detail, width, header_width) AS
  coalesce(fix_of_hint_zh(hint, detail, code), fix_of_code_zh(kind, column_name, code, width, header_width));
