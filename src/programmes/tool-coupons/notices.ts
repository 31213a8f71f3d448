import type { NoticeCode } from '../interface/notices.js';

/** Codes that only this programme knows. */
export const COUPON_NOTICES: Readonly<Record<string, NoticeCode>> = {
  account_unknown: {
    scope: 'rows',
    severity: 'attention',
    fix: 'Export the rows of these accounts, and run again.',
    chinese: {
      title: '账号导出文件中没有的账号',
      message: '账号 {subject} 有 {count} 次领取或核销，但账号导出文件中没有它：不会给它任何优惠券',
      fix: '请导出这些账号后重新结算',
    },
  },
};
