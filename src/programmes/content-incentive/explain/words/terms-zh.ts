import type { Kind } from '../../../../exports/column-types.js';
import { AGENCIES, ANCHORS, CONTROL, INELIGIBLE, PENALTIES, SESSIONS } from '../../../exports/kinds.js';
import { ACCOUNT_KINDS, COMPLIANCE_CODES, PENALTY_KINDS } from '../../../exports/words.js';
import { ANCHOR_REASONS, SESSION_REASONS } from '../../policy/reasons.js';

/**
 * Names and codes of exports, policies and run folders as a Chinese reader knows them: the headers and words that the
 * exports may use (contract, "Inputs"), and a word for every code of the results. English shows the names themselves.
 */
export type Vocabulary = 'column' | 'kind' | 'account' | 'compliance' | 'reason' | 'fault';

const COLUMNS: Record<string, string> = {
  ...Object.fromEntries([SESSIONS, ANCHORS, PENALTIES, AGENCIES, CONTROL, INELIGIBLE].flatMap(chineseNames)),
  effective_from: '生效日期',
};

function chineseNames({ columns }: Kind): [name: string, chinese: string][] {
  return columns.map(({ name, chinese }) => [name, chinese]);
}

/** Of sessions and anchors; the ids of penalty rules are the policy's own and stand as they are. */
const REASONS: Record<string, string> = Object.fromEntries(
  [...SESSION_REASONS, ...ANCHOR_REASONS].map(({ reason, zh }) => [reason, zh]),
);

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
