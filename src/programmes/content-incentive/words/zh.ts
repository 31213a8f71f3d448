/** What this programme says, by its English template, in Chinese as finance writes it. */
export const INCENTIVE_ZH = {
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
} as const;
