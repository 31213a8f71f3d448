/** Words for codes of the run folder, in both languages. */
export const STATUSES: Record<string, readonly [string, string]> = {
  payable: ['payable', '可结算'],
  disqualified: ['disqualified', '取消资格'],
  out_of_scope: ['out of scope', '不在适用范围'],
};

export const SEVERITIES: Record<string, readonly [string, string]> = {
  attention: ['attention', '需关注'],
  info: ['info', '仅供参考'],
};

export const CAUSES: Record<string, readonly [string, string]> = {
  sessions_late: ['late sessions', '迟到场次'],
  sessions_corrected: ['corrected sessions', '场次更正'],
  sessions_withdrawn: ['withdrawn sessions', '场次撤回'],
  penalties: ['penalties', '处罚'],
  anchors: ['anchor master', '主播资料'],
  scarcity: ['scarcity table', '内容稀缺度指数'],
  policy: ['policy', '政策'],
  program: ['program', '程序'],
  agency: ['agency', '转机构'],
};

/** What fixes a fault, in Chinese; the run folder itself says it in English. */
export const FIXES_ZH: Record<string, string> = {
  missing: '填写空白的必填项后重新导出',
  bad_id: '以文本格式导出ID',
  bad_time: '按 YYYY-MM-DD HH:MM:SS 填写时间后重新导出',
  bad_date: '按 YYYY-MM-DD 填写日期后重新导出',
  bad_flag: '是否标记只写 Y/N 或是/否，重新导出',
  bad_number: '写成普通数字（不带千位分隔符、单位、科学记数法）后重新导出',
  too_precise: '确认正确的数值，按允许的小数位重新导出',
  out_of_range: '更正超出范围的数值后重新导出',
  bad_value: '使用规定的取值后重新导出',
  ragged_row: '检查未加引号的逗号，使列数与表头一致后重新导出',
  ends_before_start: '更正开播、下播时间后重新导出',
  effective_exceeds_duration: '更正有效时长后重新导出',
  conflicting_duplicate: '同一主键只保留正确的一行后重新导出',
  unknown_anchor: '在主播文件中补上该主播的正确行',
  penalty_session_mismatch: '更正处罚的场次ID或主播ID',
  no_scarcity_index: '补上该赛道在该日生效的内容稀缺度指数表，或在场次中填写指数',
  no_unit_price: '在政策中补上该等级的单价，或在场次中填写结算单价',
};

/** What a notice is of, and what to do about it, in Chinese; only those that a run folder holds. */
export const NOTICES_ZH: Record<string, readonly [what: string, fix: string]> = {
  day_without_sessions: ['某日没有场次', '如当日有直播，请导出该日场次后重新结算'],
  file_shrank: ['同名文件的行数变少', '如只是部分导出，请换成完整文件后重新结算'],
  file_all_out: ['文件的所有行都被隔离', '按「隔离行」更正该文件后重新结算'],
  last_line_open: ['文件末行没有换行，可能未传完', '与来源核对文件末尾，如被截断请重新导出'],
  column_like: ['表头与规定的列名相近但不一致', '将列名改为规定的名称后重新结算'],
  column_absent: ['缺少可选列', '如空白不是本意，请带上该列重新导出'],
  times_without_seconds: ['时间没有秒', '导出到秒的时间后重新结算'],
  encoding_doubtful: ['文件编码可疑', '另存为 UTF-8 后重新结算'],
  id_rounded: ['ID 疑似被电子表格四舍五入', '以文本格式导出ID后重新结算'],
  id_point_zero: ['ID 以 .0 结尾', '以文本或整数导出ID后重新结算'],
  null_word: ['单元格写有 NULL 等字样', '缺失的单元格请留空，重新结算'],
  copy_supersedes: ['副本文件更正了原文件的行', '如非本意，请放入同名且只有表头的文件以撤回副本'],
  session_other_anchor: ['场次被另一主播的行更正', '两场请用两个场次ID，或更正主播ID'],
  sessions_overlap: ['同一主播的有效场次时间重叠', '一场直播只保留一行，或更正时间'],
  day_too_long: ['单日有效时长超过 24 小时', '核对当日场次的时间后重新导出'],
  kind_unknown: ['未知的处罚类型', '更正处罚类型，或在政策中写明'],
  account_kind_unknown: ['未知的账号类型', '更正账号类型，或在政策中写明'],
  agency_unknown: ['处罚的机构没有主播', '更正处罚或主播的机构ID'],
  session_unknown: ['处罚的场次不存在', '导出该场次，或更正处罚的场次ID'],
  track_unused: ['指数表中的赛道没有场次', '赛道名称须与场次中的一致'],
  index_overdue: ['使用了已过更新期的内容稀缺度指数', '如有更新的指数表，请放入后重新结算'],
  title_rows: ['工作簿表头上方有行', '如其中有数据行，请移到表头下方'],
  other_sheets: ['工作簿还有其他工作表', '需要的工作表请各存为一个文件'],
  correction_undone: ['更正被重新导入的文件覆盖', '如更正应当生效，请把更正文件改名后重跑'],
  formulas_zero: ['公式结果全部为 0', '用表格软件打开并保存后重跑，或导出为数值'],
  cells_merged: ['存在合并单元格', '取消合并并填满每个单元格后重跑'],
  int96_read: ['Parquet 的 INT96 时间的读法', '确认写出程序的含义，并以一种方式读取'],
  read_by_older: ['文件由旧版程序读取', '用 settle load --again 重新读取'],
};
