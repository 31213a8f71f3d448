import { dateCell, flagCell, idCell, type Kind, textCell, time, words } from '../../exports/column-types.js';
import { optional, required } from '../../exports/columns.js';

/** The words that the exports have for kinds of merchants and of live. Which of them may is the policy's to say. */
export const MERCHANT_KINDS = { CGS: 'Chinese Gold Supplier', GGS: 'Global Gold Supplier' };
export const LIVE_KINDS = { reception: '工位接待', daily_marketing: '日常营销', campaign: '活动直播' };
/** D5: what is admitted. */
export const ADMITTED_PARTS = { room: '直播间', avatar: '数字人形象', driver: '驱动真人' };

/** D1 to D4: a session that a digital human hosts. */
const DIGITAL_SESSIONS: Kind = {
  name: 'digital_sessions',
  meant: /digital.?session|数字人(直播)?场次/,
  master: false,
  table: 'digital_session_row',
  key: ['session_id'],
  columns: [
    required('session_id', '场次ID', idCell),
    required('anchor_id', '主播ID', idCell),
    required('started_at', '开播时间', time),
    required('ended_at', '下播时间', time),
    required('merchant_id', '商家ID', idCell),
    required('merchant_kind', '商家类型', words(MERCHANT_KINDS, textCell(64))),
    required('live_kind', '直播类型', words(LIVE_KINDS, textCell(64))),
    optional('supplier_id', '服务商ID', idCell, 'no session counts as one of a supplier on the list'),
    optional('room_id', '直播间ID', idCell, 'no room counts as admitted'),
    optional('avatar_id', '数字人形象ID', idCell, 'no avatar counts as admitted'),
    optional('driver_id', '驱动真人ID', idCell, 'no driver counts as admitted'),
    required('human_driven', '真人驱动', flagCell),
    required('human_likeness', '拟真人形象', flagCell),
    optional('generated', '自动生成', flagCell, 'no session counts as generated', 'false'),
    optional('generation_filed', '生成功能已评估备案', flagCell, 'no generation counts as assessed and filed', 'false'),
  ],
  checks: [
    {
      column: 'ended_at',
      sound: 'ended_at_read >= started_at_read',
      fault: 'fault_order(started_at_read, ended_at_read)',
    },
  ],
};

/** D5: what a merchant has had approved, or asked for. */
const DIGITAL_ADMISSIONS: Kind = {
  name: 'digital_admissions',
  meant: /admission|准入|报备/,
  master: false,
  table: 'digital_admission_row',
  key: ['admission_id'],
  columns: [
    required('admission_id', '报备ID', idCell),
    required('merchant_id', '商家ID', idCell),
    required('part', '报备对象', words(ADMITTED_PARTS)),
    required('part_id', '报备对象ID', idCell),
    optional('approved_at', '审批通过时间', time, 'nothing counts as approved'),
    optional('withdrawn_at', '撤销时间', time, 'no approval counts as withdrawn'),
  ],
  checks: [
    {
      column: 'withdrawn_at',
      sound: '(withdrawn_at IS NULL OR approved_at IS NULL OR withdrawn_at_read >= approved_at_read)',
      fault: "CASE WHEN withdrawn_at_read < approved_at_read THEN 'bad_value' END",
    },
  ],
};

/** D2: from which day to which a supplier is on the marketplace's list. */
const DIGITAL_SUPPLIERS: Kind = {
  name: 'digital_suppliers',
  meant: /supplier|服务商/,
  master: true,
  table: 'digital_supplier_row',
  key: ['supplier_id', 'listed_from'],
  columns: [
    required('supplier_id', '服务商ID', idCell),
    required('listed_from', '入驻日期', dateCell),
    optional('listed_to', '退出日期', dateCell, 'no supplier counts as having left the list'),
  ],
  checks: [
    {
      column: 'listed_to',
      sound: '(listed_to IS NULL OR read_date(listed_to) >= read_date(listed_from))',
      fault: "CASE WHEN read_date(listed_to) < read_date(listed_from) THEN 'bad_value' END",
    },
  ],
};

/** D6: the accounts that a merchant streams with. */
const LIVE_ACCOUNTS: Kind = {
  name: 'live_accounts',
  meant: /live.?account|直播账号/,
  master: true,
  table: 'live_account_row',
  key: ['anchor_id'],
  columns: [required('anchor_id', '主播ID', idCell), required('merchant_id', '商家ID', idCell)],
  checks: [],
};

/** The exports that the programme reads. */
export const DIGITAL_EXPORTS: readonly Kind[] = [
  DIGITAL_SESSIONS,
  DIGITAL_ADMISSIONS,
  DIGITAL_SUPPLIERS,
  LIVE_ACCOUNTS,
];
