import type { NoticeCode } from '../interface/notices.js';

/** Codes that only this programme knows. */
export const STAGE_NOTICES: Readonly<Record<string, NoticeCode>> = {
  contacts_unanswerable: {
    scope: 'rows',
    severity: 'attention',
    fix: 'Correct the times of these contacts, and run again.',
    chinese: {
      title: '回复早于发送的触达',
      message: '{count} 次触达的回复时间早于发送时间，该回复不作数',
      fix: '请更正这些触达的时间后重新结算',
    },
  },
};
