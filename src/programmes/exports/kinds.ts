import {
  accountCell,
  counted,
  dateCell,
  decimalCell,
  flagCell,
  freeText,
  idCell,
  type Kind,
  level,
  seconds,
  textCell,
  time,
  words,
} from '../../exports/column-types.js';
import { optional, required } from '../../exports/columns.js';
import {
  ACCOUNT_KINDS,
  COMPLIANCE_CODES,
  INELIGIBLE_CAUSES,
  PAYEE_TYPES,
  PENALTY_KINDS,
  PENALTY_STATUSES,
} from './words.js';

/** The exports that programmes share; their columns as the contract lists them: one place for header checks and staging. */

export const SESSIONS: Kind = {
  name: 'sessions',
  meant: /session|会话|场次|开播记录/,
  master: false,
  table: 'session_row',
  key: ['session_id'],
  columns: [
    required('session_id', '场次ID', idCell),
    required('anchor_id', '主播ID', idCell),
    required('started_at', '开播时间', time),
    required('ended_at', '下播时间', time),
    required('settleable', '场次是否结算', flagCell),
    required('quality_level', '内容质量等级', level),
    required('track', '赛道', textCell(64)),
    required('rec_dwell_minutes', '推荐有效用户停留时长', decimalCell(13, 2)),
    optional('unit_price', '结算单价', decimalCell(6, 6), "every session takes the policy's rate of its level"),
    optional('scarcity_index', '内容稀缺度指数', decimalCell(4, 3), "every session takes the scarcity table's index"),
    optional(
      'effective_seconds',
      '有效时长秒',
      seconds,
      'every session counts from its start to its end',
      'seconds_between(started_at_read, ended_at_read)',
    ),
    optional('suspended', '中途暂停', flagCell, 'no session counts as suspended', 'false'),
    optional('opted_out', '放弃结算', flagCell, 'no session counts as opted out', 'false'),
    optional('replay_deleted_at', '回放删除时间', time, 'no replay counts as deleted'),
  ],
  checks: [
    {
      column: 'ended_at',
      sound: 'ended_at_read >= started_at_read',
      fault: 'fault_order(started_at_read, ended_at_read)',
    },
    {
      column: 'effective_seconds',
      sound: `CASE WHEN effective_seconds IS NULL THEN true ELSE whole_digits(effective_seconds) <= 18
        AND TRY_CAST(effective_seconds AS BIGINT) <= seconds_between(started_at_read, ended_at_read) END`,
      fault: 'fault_effective(started_at_read, ended_at_read, effective_seconds)',
    },
  ],
};

export const ANCHORS: Kind = {
  name: 'anchors',
  meant: /anchor|主播/,
  master: true,
  table: 'anchor_row',
  key: ['anchor_id'],
  columns: [
    required('anchor_id', '主播ID', idCell),
    optional('nickname', '主播昵称', textCell(128), 'no nickname is shown'),
    optional('agency_id', '机构ID', idCell, 'every anchor counts as independent'),
    required('account_kind', '账号类型', words(ACCOUNT_KINDS, freeText)),
    required('first_live_on', '首播日期', dateCell),
    optional('newcomer_certified_on', '新咖认证日期', dateCell, 'no anchor counts as a newcomer'),
    optional('person_id', '出镜主播ID', idCell, 'every anchor counts as a person of its own'),
    optional('compliance_code', '合规安全码', words(COMPLIANCE_CODES), 'every anchor counts as green', "'green'"),
  ],
  checks: [],
};

export const PENALTIES: Kind = {
  name: 'penalties',
  meant: /penalt|处罚|违规/,
  master: false,
  table: 'penalty_row',
  key: ['penalty_id'],
  columns: [
    required('penalty_id', '处罚ID', idCell),
    optional('anchor_id', '主播ID', idCell, 'every penalty must name an agency'),
    optional('agency_id', '机构ID', idCell, 'every penalty must name an anchor'),
    optional('session_id', '场次ID', idCell, 'no penalty makes a session invalid'),
    required('kind', '处罚类型', words(PENALTY_KINDS, idCell)),
    required('penalized_at', '处罚时间', time),
    optional('status', '处罚状态', words(PENALTY_STATUSES), 'every penalty counts as upheld', "'upheld'"),
  ],
  checks: [
    {
      column: 'anchor_id',
      sound: '(anchor_id IS NOT NULL OR agency_id IS NOT NULL)',
      fault: 'fault_no_owner(anchor_id, agency_id)',
    },
    {
      column: 'agency_id',
      sound: '(anchor_id IS NULL OR agency_id IS NULL)',
      fault: 'fault_two_owners(anchor_id, agency_id)',
    },
  ],
};

export const AGENCIES: Kind = {
  name: 'agencies',
  meant: /agenc|机构|公会/,
  master: true,
  table: 'agency_row',
  key: ['agency_id'],
  columns: [
    required('agency_id', '机构ID', idCell),
    optional('name', '机构名称', freeText, 'agencies are shown without names'),
  ],
  checks: [],
};

/**
 * P6: when an anchor earns nothing, and why. Programmes that judge who may stream write it (`ineligible.csv` of their runs), and it may
 * be exported like any other kind. From its first second to its last, both included; without the last it never ends.
 */
export const INELIGIBLE: Kind = {
  name: 'ineligible',
  meant: /ineligib|无资格|不可结算/,
  master: false,
  table: 'ineligible_row',
  key: ['anchor_id', 'from_time', 'cause', 'clause'],
  columns: [
    required('anchor_id', '主播ID', idCell),
    { ...required('from_time', '起始时间', time), aliases: ['from'] }, // FROM and TO are words of SQL
    { ...optional('to_time', '截止时间', time, 'whatever makes an anchor ineligible never ends'), aliases: ['to'] },
    required('cause', '原因', words(INELIGIBLE_CAUSES)),
    required('clause', '条款', idCell),
  ],
  checks: [
    {
      column: 'to_time',
      sound: '(to_time IS NULL OR to_time_read >= from_time_read)',
      fault: "CASE WHEN to_time_read < from_time_read THEN 'bad_value' END",
    },
  ],
};

/** Where money is sent: to an agency, or to an anchor that has none. A payee is its type and id. */
export const PAYEES: Kind = {
  name: 'payees',
  meant: /payee|收款/,
  master: true,
  table: 'payee_row',
  key: ['payee_type', 'payee_id'],
  columns: [
    required('payee_type', '收款方类型', words(PAYEE_TYPES)),
    required('payee_id', '收款方ID', idCell),
    optional('name', '户名', textCell(128), 'payments name no account holder'),
    optional('bank', '开户行', textCell(128), 'payments name no bank'),
    optional('account', '账号', accountCell, 'payments name no account'),
  ],
  checks: [],
  secret: true,
};

/** What the control desk counted, of a session or of a date; no figure follows from it. What a file lacks isn't compared. */
export const CONTROL: Kind = {
  name: 'control',
  meant: /control|对账/,
  master: false,
  table: 'control_row',
  key: ['session_id', 'date'],
  either: ['session_id', 'date'],
  columns: [
    optional('session_id', '场次ID', idCell, ''),
    optional('date', '日期', dateCell, ''),
    optional('sessions', '场次数', counted, ''),
    optional('rec_dwell_minutes', '推荐有效用户停留时长', decimalCell(13, 2), ''),
    optional('amount', '金额', decimalCell(13, 2), ''),
  ],
  checks: [
    {
      column: 'session_id',
      sound: '(session_id IS NOT NULL OR date IS NOT NULL)',
      fault: 'fault_no_owner(session_id, date)',
    },
    {
      column: 'date',
      sound: '(session_id IS NULL OR date IS NULL)',
      fault: 'fault_two_owners(session_id, date)',
    },
  ],
};
