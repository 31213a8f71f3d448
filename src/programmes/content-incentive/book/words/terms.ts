import type { NoticeWords } from '../../../../words/notice-words.js';
import { NOTICES_ZH as EVERY_NOTICE_ZH } from '../../../../words/zh/notices.js';
import { OWN_NOTICES_ZH } from '../../words/notices.js';

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
  ineligible: ['ineligible anchors', '不可结算记录'],
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

/** What a notice is of, and what to do about it, in Chinese. */
export const BOOK_NOTICES_ZH: Readonly<Record<string, NoticeWords>> = { ...EVERY_NOTICE_ZH, ...OWN_NOTICES_ZH };
