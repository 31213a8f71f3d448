import { expect, test } from 'vitest';
import type { Notice } from '../../src/notices/notice.js';
import { noticeText } from '../../src/notices/notice-text.js';

/** What notices say of exports, as a Chinese reader takes it: columns by the names that Chinese exports have. */

const said = (code: string, { subject = '', value = '', file = '' }): string => {
  const notice: Notice = { code, severity: 'attention', file, subject, count: null, value, message: 'in English' };
  return noticeText(notice, 'zh');
};

test.each([
  ['column_like', { subject: 'unit_price', value: '结算单价（元）', file: 's.csv' }, '结算单价（unit_price）'],
  ['column_absent', { subject: 'effective_seconds', file: 's.csv' }, '有效时长秒（effective_seconds）'],
  ['column_absent', { subject: 'sessions;unit_price' }, 'sessions;结算单价（unit_price）'],
  ['column_absent', { subject: 'sessions;sessions' }, 'sessions;场次数（sessions）'],
  ['null_word', { subject: 'person_id', file: 'a.csv' }, '出镜主播ID（person_id）'],
  [
    'control_differs',
    { subject: '2023-11-04', value: 'sessions:16/15;amount:1.00/2.00' },
    '场次数：16/15；金额：1.00/2.00',
  ],
  ['control_differs', { subject: 'L1', value: 'rec_dwell_minutes:1.00/2.00' }, '推荐有效用户停留时长：1.00/2.00'],
])('%s of %j', (code, cells, words) => {
  expect(said(code, cells)).toContain(words);
});

test('what is no column stands as it is', () => {
  expect(said('kind_unknown', { subject: 'track' })).not.toContain('赛道');
  expect(said('column_absent', { subject: 'nickname2', file: 'a.csv' })).toContain('缺少可选列 nickname2');
});
