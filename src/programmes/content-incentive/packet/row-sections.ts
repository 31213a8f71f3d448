import type { PageSection, PageText } from '../../../page/model.js';
import type { PacketData } from '../../../verify/packet/packet-data.js';
import { both } from '../pages/both.js';
import { type RowColumn, rowTable } from '../pages/row-table.js';
import type { IncentivePolicy } from '../policy/to-policy.js';
import { type PacketRow, unitRows } from './packet-page.js';
import { faultText, flagText, kindText, noticeTexts, reasonTexts } from './row-words.js';

type Packet = Pick<PacketData, 'shared' | 'groups'>;

/** All rows of a packet, file by file. What says nothing where it is empty is left out then. */
export function rowSections(packet: Packet, policy: () => IncentivePolicy): (() => PageSection[])[] {
  return [
    () => adjustments(packet),
    () => [sessions(packet, policy())],
    () => [days(packet)],
    () => [penalties(packet)],
    () => ineligible(packet),
    () => [unsettled(packet)],
    () => [notices(packet)],
    () => control(packet),
    () => [scarcity(packet)],
  ];
}

function adjustments(packet: Packet): PageSection[] {
  const rows = unitRows(packet, 'adjustments.csv');
  if (rows.length === 0) return [];
  const columns: RowColumn[] = [
    ['anchor_id', 'id'],
    ['date', 'date'],
    ['part', 'text', undefined, ({ part = '' }) => both((words) => words.part(part))],
    ['closed', 'money', 'total'],
    ['restated', 'money', 'total'],
    ['delta', 'money', 'total'],
    ['causes', 'note', undefined, ({ causes = '' }) => both((words) => words.causes(causes))],
  ];
  const caption: PageText = [
    'What the period pays or takes back now, line by line (CNY)',
    '已关账月份本次补付或扣回，逐笔列示（元）',
  ];
  return [
    section(
      'adjustments',
      both((words) => words.sheet('adjustments')),
      caption,
      rows,
      columns,
    ),
  ];
}

function sessions(packet: Packet, policy: IncentivePolicy): PageSection {
  const why = reasonTexts(policy, unitRows(packet, 'inputs/penalties.csv'));
  const columns: RowColumn[] = [
    ['session_id', 'id'],
    ['anchor_id', 'id'],
    ['settlement_date', 'date'],
    ['valid', 'text', undefined, ({ valid = '' }) => flagText(valid)],
    ['amount', 'money', 'total'],
    ['reasons', 'note', undefined, why],
    ['started_at', 'date'],
    ['ended_at', 'date'],
    ['effective_seconds', 'count', 'total'],
    ['quality_level', 'count'],
    ['track', 'text'],
    ['rec_dwell_minutes', 'minutes', 'total'],
    ['unit_price', 'price'],
    ['scarcity_index', 'index'],
  ];
  const caption: PageText = [
    'Every session that was settled, paid or not, and why not (CNY)',
    '本期结算的全部场次：无论是否计酬，均列明原因（元）',
  ];
  return section(
    'sessions',
    both((words) => words.sheet('sessions')),
    caption,
    unitRows(packet, 'sessions.csv'),
    columns,
  );
}

function days(packet: Packet): PageSection {
  const columns: RowColumn[] = [
    ['anchor_id', 'id'],
    ['date', 'date'],
    ['valid_sessions', 'count', 'total'],
    ['valid_seconds', 'count', 'total'],
    ['valid_day', 'text', undefined, ({ valid_day = '' }) => flagText(valid_day)],
    ['top_level', 'count'],
    ['cap', 'money'],
    ['gross', 'money', 'total'],
    ['withheld', 'money', 'total'],
    ['watch_time', 'money', 'total'],
  ];
  const caption: PageText = ['Each anchor’s dates, with caps (CNY)', '各主播每日金额及封顶（元）'];
  return section(
    'days',
    both((words) => words.sheet('days')),
    caption,
    unitRows(packet, 'days.csv'),
    columns,
  );
}

function penalties(packet: Packet): PageSection {
  const columns: RowColumn[] = [
    [['Penalty', '处罚ID'], 'id', undefined, ({ penalty_id = '' }) => penalty_id],
    [['Kind', '处罚类型'], 'text', undefined, ({ kind = '' }) => kindText(kind)],
    [['Imposed', '处罚时间'], 'date', undefined, ({ penalized_at = '' }) => penalized_at],
    ['anchor_id', 'id', undefined, ({ anchor_id = '', agency_id = '' }) => anchor_id || agency_id],
    ['session_id', 'id'],
    [['State', '处罚状态'], 'text', undefined, ({ status }) => (status === 'revoked' ? REVOKED : UPHELD)],
    ['file', 'text', undefined, ({ source_file = '' }) => source_file],
    ['line', 'count', undefined, ({ source_line = '' }) => source_line],
  ];
  const caption: PageText = [
    'Penalties on your anchors or on the agency; one that was revoked counts nowhere',
    '对贵方主播或机构的处罚；已撤销的不计',
  ];
  return section('penalties', ['Penalties', '处罚'], caption, unitRows(packet, 'inputs/penalties.csv'), columns);
}

/** P6: what other programmes found, in the packets of policies that ask. */
function ineligible(packet: Packet): PageSection[] {
  const rows = unitRows(packet, 'inputs/ineligible.csv');
  if (rows.length === 0) return [];
  const columns: RowColumn[] = [
    ['anchor_id', 'id'],
    [['Cause', '原因'], 'text', undefined, ({ cause = '' }) => both((words) => words.causeOf(cause))],
    [['From', '起始时间'], 'date', undefined, ({ from = '' }) => from],
    [['To', '截止时间'], 'date', undefined, ({ to = '' }) => to],
    [['Clause', '条款'], 'text', undefined, ({ clause = '' }) => clause],
    ['file', 'text', undefined, ({ source_file = '' }) => source_file],
    ['line', 'count', undefined, ({ source_line = '' }) => source_line],
  ];
  const caption: PageText = [
    'What keeps your anchors’ sessions from being paid, both ends included; without an end it never ends',
    '使贵方主播场次不可结算的记录，起止时间均含；无截止时间的长期有效',
  ];
  return [section('ineligible', ['Ineligible anchors', '不可结算记录'], caption, rows, columns)];
}

const UPHELD: PageText = ['upheld', '生效'];
const REVOKED: PageText = ['revoked', '已撤销'];

function unsettled(packet: Packet): PageSection {
  const columns: RowColumn[] = [
    ['anchor_id', 'id'],
    ['session_id', 'id'],
    ['ended_at', 'date'],
    ['lacks', 'note', undefined, ({ codes = '' }) => faultText(codes)],
    ['fix', 'note', undefined, ({ codes = '', needs = '' }) => both((words) => words.needs(codes, needs))],
    ['file', 'text'],
    ['line', 'count'],
  ];
  return section(
    'unsettled',
    both((words) => words.sheet('unsettled')),
    both((words) => words.remark('unsettled')),
    unitRows(packet, 'unsettled.csv'),
    columns,
  );
}

function notices(packet: Packet): PageSection {
  const columns: RowColumn[] = [
    ['severity', 'text', undefined, ({ severity = '' }) => both((words) => words.severity(severity))],
    ['notice', 'note', undefined, ({ code = '' }) => both((words) => words.notice(code))],
    ['subject', 'text', undefined, ({ subject = '' }) => noticeTexts(subject)],
    ['count', 'count'],
    ['value', 'text', undefined, ({ value = '' }) => noticeTexts(value)],
    ['remark', 'note', undefined, ({ code = '', message = '' }) => noticeTexts(message, code)],
  ];
  return section(
    'notices',
    both((words) => words.sheet('notices')),
    both((words) => words.remark('notices')),
    unitRows(packet, 'notices.csv'),
    columns,
  );
}

function control(packet: Packet): PageSection[] {
  const rows = unitRows(packet, 'inputs/control.csv');
  if (rows.length === 0) return [];
  const columns: RowColumn[] = [
    ['session_id', 'id'],
    ['rec_dwell_minutes', 'minutes'],
    ['amount', 'money'],
    ['file', 'text', undefined, ({ source_file = '' }) => source_file],
    ['line', 'count', undefined, ({ source_line = '' }) => source_line],
  ];
  const caption: PageText = ['What the control desk’s own list says of your sessions', '中控清单中有关贵方场次的行'];
  return [section('control', ['Control desk', '中控清单'], caption, rows, columns)];
}

function scarcity({ shared }: Packet): PageSection {
  const [header = '', ...records] = shared.files.find(({ file }) => file === 'inputs/scarcity.csv')?.records ?? [];
  const rows = unitRows(
    {
      shared: { ...shared, files: [{ file: 'inputs/scarcity.csv', records: [header] }] },
      groups: [{ anchor: '', root: null, files: [{ file: 'inputs/scarcity.csv', records }] }],
    },
    'inputs/scarcity.csv',
  );
  const columns: RowColumn[] = [
    ['track', 'text'],
    ['from', 'date', undefined, ({ effective_from = '' }) => effective_from],
    ['scarcity_index', 'index'],
    ['file', 'text', undefined, ({ source_file = '' }) => source_file],
    ['line', 'count', undefined, ({ source_line = '' }) => source_line],
  ];
  const caption: PageText = [
    'The scarcity index of each track, from a date on; where a session’s own row gave one, that counts',
    '各赛道的内容稀缺度指数及生效日期；场次自带指数的以场次为准',
  ];
  return section('scarcity', ['Scarcity indices', '内容稀缺度指数'], caption, rows, columns);
}

function section(
  name: string,
  title: PageText,
  caption: PageText,
  rows: readonly PacketRow[],
  columns: readonly RowColumn[],
): PageSection {
  return { name, title, blocks: [{ table: rowTable(name, caption, rows, columns) }] };
}
