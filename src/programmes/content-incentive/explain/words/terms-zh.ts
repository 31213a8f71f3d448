import { ACCOUNT_KINDS, COMPLIANCE_CODES, PENALTY_KINDS } from '../../../exports/words.js';

/**
 * Names and codes of exports, policies and run folders as a Chinese reader knows them: the headers and words that the
 * exports may use (contract, "Inputs"), and a word for every code of the results. English shows the names themselves.
 */
export type Vocabulary = 'column' | 'kind' | 'account' | 'compliance' | 'reason' | 'fault';

const COLUMNS: Record<string, string> = {
  session_id: '场次ID',
  anchor_id: '主播ID',
  agency_id: '机构ID',
  penalty_id: '处罚ID',
  person_id: '出镜主播ID',
  started_at: '开播时间',
  ended_at: '下播时间',
  settleable: '场次是否结算',
  quality_level: '内容质量等级',
  track: '赛道',
  rec_dwell_minutes: '推荐有效用户停留时长',
  unit_price: '结算单价',
  scarcity_index: '内容稀缺度指数',
  effective_seconds: '有效时长秒',
  suspended: '中途暂停',
  opted_out: '放弃结算',
  replay_deleted_at: '回放删除时间',
  nickname: '主播昵称',
  account_kind: '账号类型',
  first_live_on: '首播日期',
  newcomer_certified_on: '新咖认证日期',
  compliance_code: '合规安全码',
  kind: '处罚类型',
  penalized_at: '处罚时间',
  status: '处罚状态',
  effective_from: '生效日期',
  name: '机构名称',
};

/** Of sessions and anchors; the ids of penalty rules are the policy's own and stand as they are. */
const REASONS: Record<string, string> = {
  out_of_scope: '不在适用范围',
  too_short: '时长不足',
  not_settleable: '场次不结算',
  suspended: '中途暂停',
  replay_deleted: '回放提前删除',
  opted_out: '放弃结算',
  low_level_share: '低等级占比超限',
  person_already_rewarded: '同一出镜主播已获激励',
};

/** Quarantine codes, and why a sound row isn't settled. */
const FAULTS: Record<string, string> = {
  missing: '必填项为空',
  bad_id: 'ID 格式有误',
  bad_time: '时间格式有误',
  bad_date: '日期格式有误',
  bad_flag: '是否标记有误',
  bad_number: '数字格式有误',
  too_precise: '小数位过多',
  out_of_range: '超出允许范围',
  bad_value: '取值有误',
  ragged_row: '列数与表头不符',
  ends_before_start: '下播早于开播',
  effective_exceeds_duration: '有效时长超过场次时长',
  conflicting_duplicate: '同一主键的行内容不一致',
  unknown_anchor: '查无此主播',
  penalty_session_mismatch: '处罚的场次不属于该主播',
  no_scarcity_index: '无内容稀缺度指数',
  no_unit_price: '无结算单价',
  outside_period: '结算期外',
  superseded: '已被更正',
};

const WORDS: Record<Vocabulary, Record<string, string>> = {
  column: COLUMNS,
  kind: PENALTY_KINDS,
  account: ACCOUNT_KINDS,
  compliance: COMPLIANCE_CODES,
  reason: REASONS,
  fault: FAULTS,
};

/** The Chinese word for a name or code; one that has none stands as it is. */
export function termZh(term: string, of: Vocabulary): string {
  if (of === 'reason' && term.startsWith('punished:')) return `处罚（${termZh(term.slice(9), 'kind')}）`;
  if (of === 'reason' && term.startsWith('compliance_code:'))
    return `合规安全码（${termZh(term.slice(16), 'compliance')}）`;
  return Object.hasOwn(WORDS[of], term) ? (WORDS[of][term] as string) : term;
}
