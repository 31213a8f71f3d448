import type { NoticeWords } from '../notice-words.js';

/** The notices that every programme has, by their codes. */
export const NOTICES_ZH = {
  day_without_sessions: {
    title: '某日没有场次',
    message: '{subject} 没有场次下播：当日无人获得激励',
    fix: '如当日有直播，请导出该日场次后重新结算',
  },
  file_shrank: {
    title: '同名文件的行数变少',
    message: '{file} 比以前的同名文件少 {count} 行，这些行已撤回，不再计入',
    fix: '如只是部分导出，请换成完整文件后重新结算',
  },
  file_all_out: {
    title: '文件的所有行都被隔离',
    message: '{file} 的全部 {count} 行都被隔离，完全不计',
    fix: '按 quarantine.csv（隔离行）更正该文件后重新结算',
  },
  file_ignored: {
    title: '文件夹中有不是导出文件的内容',
    message: '{file} 不是可读取的导出文件，没有载入，其中内容完全不计',
    fix: '请以 CSV、Parquet 或工作簿导出，文件名以其类别开头；或将它移走',
  },
  last_line_open: {
    title: '文件末行没有换行，可能未传完',
    message: '{file} 的末行没有换行，止于「{value}」：如文件被截断，该单元格不完整，其后的行也缺失',
    fix: '与来源核对文件末尾，如被截断请重新导出',
  },
  column_like: {
    title: '表头与规定的列名相近但不一致',
    message: '{file} 的列「{value}」未采用，因为它与规定的列名 {subject} 不完全一致',
    fix: '将列名改为规定的名称后重新结算',
  },
  column_absent: {
    title: '缺少可选列',
    message: '{file} 缺少可选列 {subject}，其单元格视为空白',
    fix: '如空白不是本意，请带上该列重新导出',
  },
  times_without_seconds: {
    title: '时间没有秒',
    message: '{file} 有 {count} 个时间没有秒：场次时长可能相差至多 59 秒，从而影响是否有效',
    fix: '导出到秒的时间后重新结算',
  },
  encoding_doubtful: {
    title: '文件编码可疑',
    message: '{file} 按 UTF-8 读取，但其中的字符像是另一编码：文字可能读错而无法匹配',
    fix: '另存为 UTF-8 后重新结算',
  },
  id_rounded: {
    title: 'ID 疑似被电子表格四舍五入',
    message:
      '{file} 的 {subject} 列有 {count} 个长 ID 全以零结尾，像被电子表格四舍五入：几个场次或主播可能合成一个，或无法匹配',
    fix: '以文本格式导出ID后重新结算',
  },
  id_point_zero: {
    title: 'ID 以 .0 结尾',
    message: '{file} 的 {subject} 列有 {count} 个 ID 以 .0 结尾，与不带 .0 的 ID 无法匹配',
    fix: '以文本或整数导出ID后重新结算',
  },
  null_word: {
    title: '单元格写有 NULL 等字样',
    message:
      '{file} 的 {subject} 列有 {count} 个单元格写着 NULL、nan、N/A 等字样，被当作普通的值，所有这样的行因此相同',
    fix: '缺失的单元格请留空，重新结算',
  },
  copy_supersedes: {
    title: '副本文件更正了原文件的行',
    message: '{file} 的名称像是另一文件的副本，两者有相同的行：如有效的是较旧的行，更正会丢失',
    fix: '如非本意，请放入同名且只有表头的文件以撤回副本',
  },
  session_other_anchor: {
    title: '场次被另一主播的行更正',
    message: '场次 {subject} 原属主播 {value}，后被主播 {value2} 的行更正：{value} 不再就此获得激励',
    fix: '两场请用两个场次ID，或更正主播ID',
  },
  sessions_overlap: {
    title: '同一主播的有效场次时间重叠',
    message: '主播 {subject} 有 {count} 场有效场次时间重叠，最先是 {value} 与 {value2}：该时段重复计付',
    fix: '一场直播只保留一行，或更正时间',
  },
  day_too_long: {
    title: '单日有效时长超过 24 小时',
    message: '主播 {subject} 在 {subject2} 的有效时长为 {count} 秒，超过 24 小时：部分时间可能重复计付',
    fix: '核对当日场次的时间后重新导出',
  },
  kind_unknown: {
    title: '未知的处罚类型',
    message: '{count} 个处罚的类型为 {subject}，政策和约定中都没有：它们不起任何作用',
    fix: '更正处罚类型，或在政策中写明',
  },
  account_kind_unknown: {
    title: '未知的账号类型',
    message: '{count} 位主播的账号类型为 {subject}，政策中没有：他们不在适用范围，不获激励',
    fix: '更正账号类型，或在政策中写明',
  },
  agency_unknown: {
    title: '处罚的机构没有主播',
    message: '{count} 个处罚针对机构 {subject}，而没有主播属于该机构：处罚不起任何作用',
    fix: '更正处罚或主播的机构ID',
  },
  session_unknown: {
    title: '处罚的场次不存在',
    message: '{count} 个处罚针对场次 {subject}，而该场次不存在：没有场次因此无效',
    fix: '导出该场次，或更正处罚的场次ID',
  },
  title_rows: {
    title: '工作簿表头上方有行',
    message: '{file} 的表头上方有 {count} 行，没有读取',
    fix: '如其中有数据行，请移到表头下方',
  },
  other_sheets: {
    title: '工作簿还有其他工作表',
    message: '{file} 除已读取的工作表外，还有 {count} 个工作表没有读取',
    fix: '需要的工作表请各存为一个文件',
  },
  int96_read: {
    title: 'Parquet 的 INT96 时间的读法',
    message: '{file} 的 INT96 时间按 {value2} 读取（写出程序 {value}）：如本意相反，所有时间相差八小时',
    fix: '确认写出程序的含义，并以一种方式读取',
  },
  correction_undone: {
    title: '更正被重新导入的文件覆盖',
    message: '{file} 再次载入，现排在最后：其中 {count} 行与以前相同，却取代了 {value} 的更正',
    fix: '如更正应当生效，请把更正文件改名后重新结算',
  },
  formulas_zero: {
    title: '公式结果全部为 0',
    message: '{file} 的 {subject} 列有 {count} 个公式，结果全部为 0，像是写出程序没有计算',
    fix: '用电子表格程序打开并保存后重新结算，或导出为数值',
  },
  cells_merged: {
    title: '存在合并单元格',
    message: '{file} 表头下方有 {count} 个单元格因合并而为空白，数值只在合并区域的第一格',
    fix: '取消合并并填满每个单元格后重新结算',
  },
  dates_with_z: {
    title: '日期单元格以 Z 结尾',
    message:
      '{file} 有 {count} 个日期单元格以 Z 结尾，按表格软件显示的时间作为北京时间读取；如写出程序的本意是 UTC，则全部早了 8 小时',
    fix: '与中控台核对一个时间；如早 8 小时，请导出北京时间后重新结算',
  },
  control_differs: {
    title: '与中控台统计不一致',
    message: '{subject}：中控台统计与结算不一致（中控台/结算）：{value}。以结算为准',
    fix: '查明哪一方有误，更正该导出后重新结算',
  },
  control_missing: {
    title: '中控台有、未结算的场次',
    message: '中控台统计了场次 {subject}，但没有导出行，或该行被隔离：没有人为它获得激励',
    fix: '导出该场次、更正被隔离的行，或从中控台清单中删去，重新结算',
  },
  control_lacks: {
    title: '已结算、中控台没有的场次',
    message: '{subject}：已结算 {count} 场，中控台清单中没有',
    fix: '核实是否开播，补入中控台清单，或从导出中删去，重新结算',
  },
  read_by_older: {
    title: '文件由旧版程序读取',
    message: '{file}（{count} 行）由旧版程序读取，其读法此后已改进：数字可能与文件不符',
    fix: '用 settle load --again 重新读取',
  },
  overdue_export: {
    title: '导出文件逾期未到',
    message: '已有 {count} 天没有新的 {subject} 导出文件，而 settle.yaml 要求更频繁：缺少的内容完全不计',
    fix: '请查明导出文件为何未到，或修改 settle.yaml 中的 expect',
  },
  policy_missing: {
    title: '已关账结算期的政策文件缺失',
    message: '政策文件夹中没有已关账所用的政策 {subject}：该结算期迟到的内容不会结算',
    fix: '请放回该政策文件',
  },
  policy_changed: {
    title: '已关账结算期的政策文件被改动',
    message: '政策 {subject} 的文件与关账所用的不同：该结算期迟到的内容会按改动后的文件结算，其全部金额随之改变',
    fix: '请把政策文件恢复原样，或重新结算该结算期并关账',
  },
  agency_changed: {
    title: '已关账主播的机构有变',
    message: '主播 {subject} 关账时的机构为 {value}，现在为 {value2}：已付和迟到的金额都仍归关账时的机构',
    fix: '如应如此，无需处理；如应改付现在的机构，请加 --transfer 重新结算该结算期并关账，或更正主播文件',
  },
  day_without_policy: {
    title: '某日没有适用的政策',
    message: '{count} 场在 {subject} 下播，而文件夹中没有适用于该日的政策：当日无人获得激励',
    fix: '请更正政策的结算期，或放入该日的政策',
  },
  feed_stale: {
    title: '未计入其他规则的最新结果',
    message: '{subject} 未计入 {subject2} 的最新结果（{value}，{count} 行）：可能支付了不应支付的主播',
    fix: '请用 settle nightly 一并结算；或手工依次结算：先结算提供记录的规则，将其批次中的 ineligible.csv 以 ineligible-<政策ID>.csv 放入导出文件夹，再重新结算',
  },
} as const satisfies Record<string, NoticeWords>;
