import type { NoticeCode } from '../interface/notices.js';

/** Codes that only this programme knows. */
export const POINTS_NOTICES: Readonly<Record<string, NoticeCode>> = {
  violation_without_points: {
    scope: 'rows',
    severity: 'attention',
    fix: 'Look at these violations, and export them again with their points where they carry some.',
    chinese: {
      title: '没有扣分的违规',
      message: '生效的违规 {subject} 扣 0 分，且非情节严重：不产生任何处理',
      fix: '请核对这些违规；如应扣分，补上分值后重新导出',
    },
  },
};
