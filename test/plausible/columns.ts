import { anchorsCsv } from '../support/exports.js';
import { attention, type Entry } from './entry.js';
import { ANCHORS, anchors, penalties, scarcity, sessions, TWO, TWO_SESSIONS, withColumn, without } from './text.js';

/** Headers that are nearly a column, and columns that some files have and others lack. */

const like = (file: string, subject: string, value: string) => attention('column_like', { file, subject, value });

/** Two sound anchors, of which a2 has a red code under this header: it is paid its 20.00 unless the header is right. */
const red = (header: string): Entry['happens'] => [
  { 'anchors.csv': withColumn(ANCHORS, header, 'green', 'red'), 'sessions.csv': TWO_SESSIONS },
];

/** s2 was opted out under this header. */
const optedOut = (header: string): Entry['happens'] => [
  { 'anchors.csv': ANCHORS, 'sessions.csv': withColumn(TWO_SESSIONS, header, 'N', 'Y') },
];

/** A penalty on s2 that was revoked, under this header: s2 is paid nothing unless the header is right. */
const revoked = (header: string): Entry['happens'] => [
  {
    ...TWO,
    'penalties.csv': withColumn(penalties('p1,a2,,s2,vulgar,2023-11-07 09:00:00'), header, 'revoked'),
  },
];

/** s1 at 0.02 CNY a minute under this header, and at the policy's 0.01 without it. */
const priced = (header: string): Entry['happens'] => [
  { 'anchors.csv': ANCHORS, 'sessions.csv': withColumn(without(TWO_SESSIONS, 'unit_price'), header, '0.020000') },
];

/** s1 with the index 1.5 under this header, and with the table's 1 without it. */
const indexed = (header: string): Entry['happens'] => [
  {
    'anchors.csv': ANCHORS,
    'sessions.csv': withColumn(without(TWO_SESSIONS, 'scarcity_index'), header, '1.500', ''),
    'scarcity.csv': scarcity('文化,2023-11-01,1'),
  },
];

export const COLUMNS: Entry[] = [
  {
    what: 'the code stands under a header with a no-break space behind it, as a web page gives it',
    happens: red('compliance_code\u00a0'),
    told: [like('anchors.csv', 'compliance_code', 'compliance_code\u00a0')],
    total: '30.00',
  },
  {
    what: 'a wide space behind 合规安全码',
    happens: red('合规安全码\u3000'),
    told: [like('anchors.csv', 'compliance_code', '合规安全码\u3000')],
    total: '30.00',
  },
  {
    what: 'a space in the middle of 合规 安全码',
    happens: red('合规 安全码'),
    told: [like('anchors.csv', 'compliance_code', '合规 安全码')],
    total: '30.00',
  },
  {
    what: 'one letter of compliance_code is wrong',
    happens: red('complience_code'),
    told: [like('anchors.csv', 'compliance_code', 'complience_code')],
    total: '30.00',
  },
  {
    what: 'the header says which codes there are: 合规安全码【绿/黄/红】',
    happens: red('合规安全码【绿/黄/红】'),
    told: [like('anchors.csv', 'compliance_code', '合规安全码【绿/黄/红】')],
    total: '30.00',
  },
  {
    what: 'a zero-width space before 放弃结算, as a chat program gives it',
    happens: optedOut('\u200b放弃结算'),
    told: [like('sessions.csv', 'opted_out', '\u200b放弃结算')],
    total: '30.00',
  },
  {
    what: 'the header was typed in full-width letters',
    happens: optedOut('ｏｐｔｅｄ＿ｏｕｔ'),
    told: [like('sessions.csv', 'opted_out', 'ｏｐｔｅｄ＿ｏｕｔ')],
    total: '30.00',
  },
  {
    what: 'required fields are marked by an asterisk: *放弃结算',
    happens: optedOut('*放弃结算'),
    told: [like('sessions.csv', 'opted_out', '*放弃结算')],
    total: '30.00',
  },
  {
    what: 'two columns were both meant as the flag, and neither is',
    happens: [
      {
        'anchors.csv': ANCHORS,
        'sessions.csv': withColumn(withColumn(TWO_SESSIONS, 'Opted_Out', 'Y', 'N'), 'opted out', 'N', 'Y'),
      },
    ],
    told: [like('sessions.csv', 'opted_out', 'Opted_Out;opted out')],
    total: '30.00',
  },
  {
    what: 'Status with a capital letter: a penalty that was revoked counts as upheld',
    happens: revoked('Status'),
    told: [like('penalties.csv', 'status', 'Status')],
    total: '10.00',
  },
  {
    what: 'what may stand there is said in brackets: 处罚状态（生效/撤销）',
    happens: revoked('处罚状态（生效/撤销）'),
    told: [like('penalties.csv', 'status', '处罚状态（生效/撤销）')],
    total: '10.00',
  },
  {
    what: 'the last character was typed wrongly: 处罚状太',
    happens: revoked('处罚状太'),
    told: [like('penalties.csv', 'status', '处罚状太')],
    total: '10.00',
  },
  {
    what: 'the unit stands in brackets behind the price: 结算单价(元)',
    happens: priced('结算单价(元)'),
    told: [like('sessions.csv', 'unit_price', '结算单价(元)')],
    total: '30.00',
  },
  {
    what: 'the unit stands in brackets within brackets: 结算单价（元（含税））',
    happens: priced('结算单价（元（含税））'),
    told: [like('sessions.csv', 'unit_price', '结算单价（元（含税））')],
    total: '30.00',
  },
  {
    what: 'the price is called unit-price',
    happens: priced('unit-price'),
    told: [like('sessions.csv', 'unit_price', 'unit-price')],
    total: '30.00',
  },
  {
    what: 'the price is called UnitPrice',
    happens: priced('UnitPrice'),
    told: [like('sessions.csv', 'unit_price', 'UnitPrice')],
    total: '30.00',
  },
  {
    what: 'a character of 内容稀缺度指数 is missing',
    happens: indexed('内容稀缺指数'),
    told: [like('sessions.csv', 'scarcity_index', '内容稀缺指数')],
    total: '30.00',
  },
  {
    what: 'the index is called scarcity index',
    happens: indexed('scarcity index'),
    told: [like('sessions.csv', 'scarcity_index', 'scarcity index')],
    total: '30.00',
  },
  {
    what: 'the replay of s2 was deleted the same night, under 回放删除时问',
    happens: [
      {
        'anchors.csv': ANCHORS,
        'sessions.csv': withColumn(TWO_SESSIONS, '回放删除时问', '', '2023-11-06 23:00:00'),
      },
    ],
    told: [like('sessions.csv', 'replay_deleted_at', '回放删除时问')],
    total: '30.00',
  },
  {
    what: 'an agency is punished, and the anchors export calls its column agency id',
    happens: [
      {
        'anchors.csv': anchors('a1,g1,content,2023-03-01', 'a2,g1,content,2023-03-01').replace(
          'agency_id',
          'agency id',
        ),
        'sessions.csv': TWO_SESSIONS,
        'penalties.csv': penalties('p1,,g1,,agency_clustering,2023-11-07 09:00:00'),
      },
    ],
    told: [like('anchors.csv', 'agency_id', 'agency id'), attention('agency_unknown', { subject: 'g1', count: 1 })],
    total: '30.00',
  },
  {
    what: 'one file of penalties has 状态 where the others have 处罚状态',
    happens: [
      {
        ...TWO,
        'penalties-1.csv': withColumn(penalties('p1,a1,,s1,vulgar,2023-11-07 09:00:00'), '处罚状态', '撤销'),
        'penalties-2.csv': withColumn(penalties('p2,a2,,s2,vulgar,2023-11-07 09:00:00'), '状态', '撤销'),
      },
    ],
    told: [attention('column_absent', { file: 'penalties-2.csv', subject: 'status' })],
    total: '10.00',
  },
  {
    what: 'the second week was exported without prices, which the first has',
    happens: [
      {
        'anchors.csv': ANCHORS,
        'sessions-1.csv': sessions({ id: 's1', price: '0.020000' }),
        'sessions-2.csv': without(
          sessions({ id: 's2', from: '2023-11-08 20:00:00', to: '2023-11-08 21:00:00' }),
          'unit_price',
        ),
      },
    ],
    told: [attention('column_absent', { file: 'sessions-2.csv', subject: 'unit_price' })],
    total: '30.00',
  },
  {
    what: 'the anchors came again without their agencies, while one agency is punished',
    happens: [
      {
        'anchors-1.csv': anchors('a1,g1,content,2023-03-01', 'a2,g1,content,2023-03-01'),
        'anchors-2.csv': without(anchors('a1,,content,2023-03-01', 'a2,,content,2023-03-01'), 'agency_id'),
        'sessions.csv': TWO_SESSIONS,
        'penalties.csv': penalties('p1,,g1,,agency_clustering,2023-11-07 09:00:00'),
      },
    ],
    told: [
      attention('column_absent', { file: 'anchors-2.csv', subject: 'agency_id' }),
      attention('agency_unknown', { subject: 'g1', count: 1 }),
    ],
    total: '30.00',
  },
  {
    what: 'the anchors came again without their codes: who was red is green now',
    happens: [
      { 'anchors-1.csv': withColumn(ANCHORS, '合规安全码', '绿码', '红码'), 'sessions.csv': TWO_SESSIONS },
      { 'anchors-2.csv': anchorsCsv('a2') },
    ],
    told: [attention('column_absent', { file: 'anchors-2.csv', subject: 'compliance_code' })],
    total: '30.00',
  },
];
