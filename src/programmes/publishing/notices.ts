import type { NoticeCode } from '../interface/notices.js';

/** Codes that only this programme knows. */
export const PUBLISHING_NOTICES: Readonly<Record<string, NoticeCode>> = {
  pictures_unmeasured: {
    scope: 'rows',
    severity: 'attention',
    fix: 'Measure the folder with settle check pictures --csv, put the file among the exports, and run again.',
    chinese: {
      title: '未按本政策参数测量的图片',
      message: '{count} 张图片没有按本政策参数的测量结果，无法知道是否有问题',
      fix: '请用 settle check pictures --csv 测量文件夹，把结果放入导出文件夹后重新结算',
    },
  },
};
