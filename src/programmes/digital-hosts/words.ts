import type { List, ListCode } from '../listing/lists.js';

/** What people are shown of digital hosts and what follows from them. */

export const ADMISSIONS: List = {
  file: 'admissions.csv',
  name: 'admissions',
  title: ['Digital sessions and what they lack', '数字人场次与所缺条件'],
  columns: [
    { name: 'session_id', head: ['session', '场次ID'], kind: 'id' },
    { name: 'anchor_id', head: ['anchor', '主播ID'], kind: 'id' },
    { name: 'started_at', head: ['start', '开播时间'], kind: 'text' },
    { name: 'ended_at', head: ['end', '下播时间'], kind: 'text' },
    { name: 'merchant_id', head: ['merchant', '商家ID'], kind: 'id' },
    { name: 'merchant_kind', head: ['kind of merchant', '商家类型'], kind: 'codes' },
    { name: 'live_kind', head: ['kind of live', '直播类型'], kind: 'codes' },
    { name: 'supplier_id', head: ['supplier', '服务商ID'], kind: 'id' },
    { name: 'listed', head: ['on the list', '在名单内'], kind: 'codes' },
    { name: 'room_id', head: ['room', '直播间ID'], kind: 'id' },
    { name: 'room', head: ["the room's admission", '直播间准入'], kind: 'codes' },
    { name: 'avatar_id', head: ['avatar', '数字人形象ID'], kind: 'id' },
    { name: 'avatar', head: ["the avatar's admission", '数字人形象准入'], kind: 'codes' },
    { name: 'driver_id', head: ['driver', '驱动真人ID'], kind: 'id' },
    { name: 'driver', head: ["the driver's admission", '驱动真人准入'], kind: 'codes' },
    { name: 'admitted', head: ['admitted', '是否准入'], kind: 'codes' },
    { name: 'lacks', head: ['what lacks', '所缺条件'], kind: 'codes' },
    { name: 'measures', head: ['what follows', '处理'], kind: 'codes' },
    { name: 'frozen_from', head: ['frozen from', '冻结起始时间'], kind: 'text' },
    { name: 'frozen_to', head: ['frozen to', '冻结截止时间'], kind: 'text' },
  ],
  subjects: ['session_id', 'anchor_id', 'merchant_id', 'supplier_id', 'room_id', 'avatar_id', 'driver_id'],
};

export const DIGITAL_FREEZES: List = {
  file: 'freezes.csv',
  name: 'freezes',
  title: ['Whose live permission is frozen', '冻结直播权限的账号'],
  columns: [
    { name: 'session_id', head: ['by session', '触发的场次ID'], kind: 'id' },
    { name: 'anchor_id', head: ['anchor', '主播ID'], kind: 'id' },
    { name: 'merchant_id', head: ['merchant', '商家ID'], kind: 'id' },
    { name: 'from', head: ['from', '起始时间'], kind: 'text' },
    { name: 'to', head: ['to', '截止时间'], kind: 'text' },
  ],
  subjects: ['session_id', 'anchor_id', 'merchant_id'],
};

export const DIGITAL_FED: List = {
  file: 'ineligible.csv',
  name: 'ineligible',
  title: ['Fed to programmes that pay', '提供给结算的记录'],
  columns: [
    { name: 'anchor_id', head: ['anchor', '主播ID'], kind: 'id' },
    { name: 'from', head: ['from', '起始时间'], kind: 'text' },
    { name: 'to', head: ['to', '截止时间'], kind: 'text' },
    { name: 'cause', head: ['cause', '原因'], kind: 'codes' },
    { name: 'clause', head: ['clause', '条款'], kind: 'text' },
  ],
  subjects: ['anchor_id'],
};

/** What stands in columns of codes. */
export const DIGITAL_CODES: Readonly<Record<string, ListCode>> = {
  Y: { words: ['yes', '是'], clause: '' },
  N: { words: ['no', '否'], clause: '' },
  CGS: { words: ['Chinese Gold Supplier', 'Chinese Gold Supplier'], clause: 'D1' },
  GGS: { words: ['Global Gold Supplier', 'Global Gold Supplier'], clause: 'D1' },
  merchant_kind: {
    words: ['the merchant is of a kind that may not stream with a digital human', '商家类型不允许数字人直播'],
    clause: 'D1',
  },
  supplier_listed: {
    words: ["the supplier isn't on the marketplace's list on the day", '服务商当天不在外贸服务市场入驻名单内'],
    clause: 'D2',
  },
  generation_filed: {
    words: ['generation without assessment and filing', '使用未经安全评估及备案的自动生成功能'],
    clause: 'D3',
  },
  human_driven: { words: ['no real person drives it', '非真人驱动'], clause: 'D3' },
  human_likeness: { words: ["the avatar isn't of human likeness", '非拟真人形象'], clause: 'D3' },
  reception: { words: ['reception', '工位接待'], clause: 'D4' },
  daily_marketing: { words: ['daily marketing', '日常营销'], clause: 'D4' },
  campaign: { words: ['campaign', '活动直播'], clause: 'D4' },
  live_kind: { words: ['a kind of live that is not allowed', '直播类型不适用'], clause: 'D4' },
  room: { words: ['the room is not admitted', '直播间未准入'], clause: 'D5' },
  avatar: { words: ['the avatar is not admitted', '数字人形象未准入'], clause: 'D5' },
  driver: { words: ['the driver is not admitted', '驱动真人未准入'], clause: 'D5' },
  admitted: { words: ['approved before the start', '开播前已审批通过'], clause: 'D5' },
  withdrawn: { words: ['approved, and withdrawn', '审批通过后已撤销'], clause: 'D5' },
  late: { words: ['approved too late', '开播后才审批通过'], clause: 'D5' },
  pending: { words: ['asked for, and not approved', '已报备，未审批通过'], clause: 'D5' },
  none: { words: ['never asked for', '未报备'], clause: 'D5' },
  warning: { words: ['a warning', '警告'], clause: 'D6' },
  stop: { words: ['the session is stopped, and pays nothing', '关停当场直播，不予结算'], clause: 'D6' },
  freeze_live: { words: ['live permission frozen: no session may start', '冻结直播权限：不得开播'], clause: 'D6' },
  unadmitted_digital_host: { words: ['digital host without admission', '数字人未准入'], clause: 'D6' },
  frozen: { words: ['frozen', '冻结'], clause: 'D6' },
};
