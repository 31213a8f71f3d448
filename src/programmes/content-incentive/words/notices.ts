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
} as const satisfies Record<string, NoticeWords>;
