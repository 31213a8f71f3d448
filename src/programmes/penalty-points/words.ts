import type { List, ListCode } from '../listing/lists.js';

/** What people are shown of points, freezes and viewers. */

export const POINTS: List = {
  file: 'points.csv',
  name: 'points',
  title: ['Violations and their points', '违规与扣分'],
  columns: [
    { name: 'violation_id', head: ['violation', '违规ID'], kind: 'id' },
    { name: 'anchor_id', head: ['anchor', '主播ID'], kind: 'id' },
    { name: 'violated_at', head: ['at', '违规时间'], kind: 'text' },
    { name: 'points', head: ['points', '扣分'], kind: 'count' },
    { name: 'severe', head: ['severe', '情节严重'], kind: 'codes' },
    { name: 'status', head: ['status', '状态'], kind: 'codes' },
    { name: 'points_before', head: ['before', '此前累计'], kind: 'count' },
    { name: 'points_after', head: ['after', '累计'], kind: 'count' },
    { name: 'threshold', head: ['threshold', '触发档位'], kind: 'count' },
    { name: 'measures', head: ['what follows', '处理'], kind: 'codes' },
  ],
  subjects: ['violation_id', 'anchor_id'],
};

export const FREEZES: List = {
  file: 'freezes.csv',
  name: 'freezes',
  title: ['What is frozen, and who is expelled', '冻结与清退'],
  columns: [
    { name: 'violation_id', head: ['violation', '违规ID'], kind: 'id' },
    { name: 'clause', head: ['clause', '条款'], kind: 'text' },
    { name: 'anchor_id', head: ['anchor', '主播ID'], kind: 'id' },
    { name: 'measure', head: ['what', '处理'], kind: 'codes' },
    { name: 'level', head: ['lowered to', '降至层级'], kind: 'text' },
    { name: 'from', head: ['from', '起始时间'], kind: 'text' },
    { name: 'to', head: ['to', '截止时间'], kind: 'text' },
  ],
  subjects: ['violation_id', 'anchor_id'],
};

export const VIEWERS: List = {
  file: 'viewers.csv',
  name: 'viewers',
  title: ['Viewers', '互动用户'],
  columns: [
    { name: 'viewer_id', head: ['viewer', '用户ID'], kind: 'id' },
    { name: 'violations', head: ['violations', '违规次数'], kind: 'count' },
    { name: 'severe', head: ['of these severe', '其中情节严重'], kind: 'count' },
    { name: 'comments', head: ['comments', '评论功能'], kind: 'codes' },
    { name: 'closed_at', head: ['closed at', '关闭时间'], kind: 'text' },
    { name: 'violation_id', head: ['by violation', '触发的违规ID'], kind: 'id' },
  ],
  subjects: ['viewer_id', 'violation_id'],
};

export const FED: List = {
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
export const POINTS_CODES: Readonly<Record<string, ListCode>> = {
  Y: { words: ['severe', '情节严重'], clause: 'P4' },
  N: { words: ['not severe', '非情节严重'], clause: '' },
  upheld: { words: ['upheld', '生效'], clause: 'P1' },
  revoked: { words: ['revoked: counts nowhere', '已撤销，不计'], clause: 'P1' },
  freeze_live: { words: ['live permission frozen: no session may start', '冻结直播权限：不得开播'], clause: 'P2' },
  freeze_account: {
    words: [
      'account lowered and frozen: nothing is published or applied for, and no session may start',
      '账户降级并冻结：不得发布、申请，也不得开播',
    ],
    clause: 'P2',
  },
  expel: { words: ['expelled, and never readmitted', '清退且不允许再入驻'], clause: 'P2' },
  open: { words: ['comments are open', '评论功能正常'], clause: 'P5' },
  closed: { words: ['comments are closed for good', '永久关闭评论功能'], clause: 'P5' },
  frozen: { words: ['frozen', '冻结'], clause: 'P6' },
  expelled: { words: ['expelled', '清退'], clause: 'P6' },
};
