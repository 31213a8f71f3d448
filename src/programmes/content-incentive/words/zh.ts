import { POLICY_ZH } from './policy-zh.js';

/** What this programme says, by its English template, in Chinese as finance writes it. */
export const INCENTIVE_ZH = {
  '{anchor} is no anchor of {agency}': '{anchor} 不是 {agency} 的主播',
  'Give the agency of the anchor with --for-agency, or _independent where it has none.':
    '请用 --for-agency 给出该主播的机构；无机构的用 _independent。',
  '{anchor}: the newcomer bonus of this person is kept by an account of another agency, as the rows say':
    '{anchor}：据行中所载，该出镜主播的新手激励由其他机构的账号领取',
  ...POLICY_ZH,
  'run {run} has no independent anchor': '批次 {run} 中没有无机构的主播',
  'run {run} has no anchor of agency {agency}': '批次 {run} 中没有机构 {agency} 的主播',
  'Give an agency_id of settlement.csv, or _independent for anchors that have none.':
    '请给出 settlement.csv 中的机构ID；无机构的主播用 _independent。',
  'the files of run {run_id} have no anchor {anchor}': '批次 {run_id} 的文件中没有主播 {anchor}',
  'the files of run {run_id} have no session of {anchor}': '批次 {run_id} 的文件中没有 {anchor} 的场次',
  'Give an anchor_id of settlement.csv or unsettled.csv. Rows that show no anchor are in quarantine.csv.':
    '请给出 settlement.csv 或 unsettled.csv 中的主播ID。看不出主播的行在 quarantine.csv 中。',
  '{anchor} has no session that ended on {date}': '{anchor} 没有在 {date} 下播的场次',
  'Its sessions ended on {dates}.': '该主播的场次下播于 {dates}。',
  '{session} is not a session of {anchor}': '{session} 不是 {anchor} 的场次',
  'No readable row has this session_id; see quarantine.csv.': '没有可读的行是该场次ID；见 quarantine.csv。',
  'It is a session of {anchors}.': '它是 {anchors} 的场次。',
  'Watch time, gross': '用户消费时长激励（封顶前）',
  '  withheld by daily caps': '  单日封顶扣减',
  '  forfeited': '  不予发放',
  '{n} session': '{n} 场',
  '{n} sessions': '{n} 场',
  '{n} anchor': '{n} 位主播',
  '{n} anchors': '{n} 位主播',
  '{n} penalty': '{n} 个处罚',
  '{n} penalties': '{n} 个处罚',
  '{n} ineligible anchor': '{n} 条不可结算记录',
  '{n} ineligible anchors': '{n} 条不可结算记录',
  '{n} scarcity index': '{n} 个内容稀缺度指数',
  '{n} scarcity indices': '{n} 个内容稀缺度指数',
  'levels without a rate': '没有单价的等级',
  'tracks without an index': '没有指数的赛道',
  'anchors without a master row': '没有资料行的主播',
  '{named} and {more} more': '{named} 等（另有 {more} 个）',
  '{what}: {n} ({list})': '{what}：{n} 个（{list}）',
  '{what}: {list}': '{what}：{list}',
  'of {n} anchor': '{n} 位主播',
  'of {n} anchors': '{n} 位主播',
  '{n} more settled by another row': '另有 {n} 行的场次已由其他行结算',
  'see unsettled.csv': '见 unsettled.csv',
  'no sessions file is loaded: the settlement is empty': '没有载入场次文件：结算结果为空',
  'a column without a name': '有一列没有名称',
  'the unknown column {name} is ignored ({file} and {more} more)':
    '未知的列「{name}」未采用（{file} 等，另有 {more} 个文件）',
  'the unknown column {name} is ignored ({file})': '未知的列「{name}」未采用（{file}）',
  'track {track}: {count} sessions use an index that was due for renewal (in force since {since})':
    '赛道「{track}」：{count} 场使用了已过更新期的指数（自 {since} 生效）',
  'penalty {penalty} names the session {session}, which no sound row has': '处罚 {penalty} 的场次 {session} 不存在',
  '{count} more penalties name a session that no sound row has': '另有 {count} 个处罚的场次不存在',
} as const;
