import type { NoticeWords } from '../../../words/notice-words.js';

/** The notices that this programme alone has, by their codes. */
export const OWN_NOTICES_ZH = {
  track_unused: {
    title: '指数表中的赛道没有场次',
    message: '结算期内没有场次属于赛道 {subject}，它的指数没有用到，而有有效场次缺少指数或用了过期的指数',
    fix: '赛道名称须与场次中的一致',
  },
  index_overdue: {
    title: '使用了已过更新期的内容稀缺度指数',
    message: '赛道 {subject} 有 {count} 场使用了已过更新期的内容稀缺度指数',
    fix: '如有更新的指数表，请放入后重新结算',
  },
  ineligible_no_session: {
    title: '不具资格的时刻没有场次',
    message: '主播 {subject} 有 {count} 个时刻不具资格，而没有已结算的场次在该时刻开播：如确有所指场次，该场次仍会支付',
    fix: '请把所指场次的开播时间改为与场次导出一致，然后重新结算',
  },
  ineligible_ignored: {
    title: '不具资格期间的场次仍计为有效',
    message:
      '主播 {subject2} 在此期间不具资格（{value}），而 {subject} 仍有 {count} 场此类场次计为有效并支付：该政策的 valid_session.ineligible 未列出此原因',
    fix: '请在政策的 valid_session.ineligible 中列出该原因后重新结算；如确应支付，请确认此提醒',
  },
} as const satisfies Record<string, NoticeWords>;
