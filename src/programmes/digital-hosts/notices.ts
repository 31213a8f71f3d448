import { type Table, table } from '../../engine/table.js';
import type { NoticeCode } from '../interface/notices.js';
import { LIVE_KINDS, MERCHANT_KINDS } from './exports.js';
import type { DigitalPolicy } from './policy.js';

/** Codes that only this programme knows. */
export const DIGITAL_NOTICES: Readonly<Record<string, NoticeCode>> = {
  admission_unused: {
    scope: 'rows',
    severity: 'info',
    fix: 'Compare the ids of these admissions with those of the sessions, if one is meant.',
    chinese: {
      title: '没有场次使用的报备',
      message: '报备 {subject} 在结算期内审批通过，但没有数字人场次使用该对象',
      fix: '请核对报备与场次中的ID',
    },
  },
  live_kind_unknown: {
    scope: 'rows',
    severity: 'attention',
    fix: 'Correct these kinds of live, or name them in the policy, and run again.',
    chinese: {
      title: '未知的直播类型',
      message: '{count} 个数字人场次的直播类型 {subject} 不在政策和导出文件的用词中：按未准入处理',
      fix: '请更正直播类型，或写入政策，然后重新结算',
    },
  },
  merchant_kind_unknown: {
    scope: 'rows',
    severity: 'attention',
    fix: 'Correct these kinds of merchants, or name them in the policy, and run again.',
    chinese: {
      title: '未知的商家类型',
      message: '{count} 个数字人场次的商家类型 {subject} 不在政策和导出文件的用词中：按未准入处理',
      fix: '请更正商家类型，或写入政策，然后重新结算',
    },
  },
  supplier_unknown: {
    scope: 'rows',
    severity: 'attention',
    fix: 'Correct these suppliers, or export the list with them, and run again.',
    chinese: {
      title: '名单中没有的服务商',
      message: '{count} 个数字人场次的服务商 {subject} 从未列入名单：按未准入处理',
      fix: '请更正服务商ID，或导出含该服务商的名单，然后重新结算',
    },
  },
};

/** The words that the policy names on any of its days, or the exports: `named_merchant_kind`, `named_live_kind`. */
export function namedKinds({ terms }: DigitalPolicy): Record<string, Table> {
  const named = (rule: string, words: object): Table => {
    const own = (terms[rule] ?? []).flatMap(({ value }) => value as string[]);
    return table(
      { kind: 'VARCHAR' },
      [...new Set([...own, ...Object.keys(words)])].map((kind) => ({ kind })),
    );
  };
  return {
    named_merchant_kind: named('merchant.kinds', MERCHANT_KINDS),
    named_live_kind: named('live.kinds', LIVE_KINDS),
  };
}
