import type { PageColumn, PageSection, PageText } from '../../../../page/model.js';
import type { CsvRow } from '../../book/read.js';
import type { IncentivePolicy } from '../../policy/to-policy.js';
import { both } from '../both.js';
import { type RowColumn, rowTable } from '../row-table.js';
import type { OfAnchor } from './read.js';

/** Rows of an anchor, file by file. */
type Rows<F extends keyof OfAnchor> = Readonly<Record<F, readonly CsvRow[]>>;

const flag =
  (name: string) =>
  (row: CsvRow): PageText =>
    both((words) => words.flag(row[name] ?? ''));

/** days.csv */
export function statementDays({ days }: Rows<'days'>): PageSection {
  return section('days', ['By date, with caps (CNY)', '每日及封顶（元）'], days, [
    ['date', 'date'],
    ['valid_sessions', 'count', 'total'],
    ['valid_seconds', 'count', 'total'],
    ['valid_day', 'text', undefined, flag('valid_day')],
    ['top_level', 'count'],
    ['cap', 'money'],
    ['gross', 'money', 'total'],
    ['withheld', 'money', 'total'],
    ['watch_time', 'money', 'total'],
  ]);
}

/** sessions.csv, with the penalties that are on a session. */
export function statementSessions(
  { sessions, penalties }: Rows<'sessions' | 'penalties'>,
  policy: IncentivePolicy,
): PageSection {
  const why = ({ session_id, reasons = '' }: CsvRow): PageText => {
    const on = penalties.filter((each) => each.session_id === session_id);
    if (reasons === '' && on.length === 0) return '';
    return both((words) => {
      const ids = on.map(({ penalty_id, kind = '' }) => `${penalty_id} ${words.kinds([kind])}`).join(words.comma);
      const said = words.reasons(reasons, policy);
      return [said, ids].filter((text) => text !== '').join(words.zh ? '；' : '; ');
    });
  };
  return section('sessions', ['Every session (CNY)', '全部场次（元）'], sessions, [
    ['session_id', 'id'],
    ['settlement_date', 'date'],
    ['started_at', 'date', 'wide'],
    ['ended_at', 'date', 'wide'],
    ['effective_seconds', 'count', 'total'],
    ['quality_level', 'count'],
    ['track', 'text', 'wide'],
    ['rec_dwell_minutes', 'minutes', 'total'],
    ['unit_price', 'price'],
    ['scarcity_index', 'index'],
    ['valid', 'text', undefined, flag('valid')],
    ['amount', 'money', 'total'],
    ['reasons', 'note', undefined, why],
  ]);
}

/** Penalties on the anchor, its sessions or its agency, as the run used them. */
export function statementPenalties({ penalties }: Rows<'penalties'>): PageSection[] {
  if (penalties.length === 0) return [];
  const rows = penalties.map(
    ({ penalty_id = '', kind = '', penalized_at = '', session_id = '', status, agency_id = '' }) => [
      penalty_id,
      both((words) => words.kinds([kind])),
      penalized_at,
      session_id === '' ? (agency_id === '' ? '' : `${agency_id}`) : session_id,
      (status === 'revoked' ? ['revoked', '已撤销'] : ['upheld', '生效']) as PageText,
    ],
  );
  const columns: PageColumn[] = [
    { head: ['Penalty', '处罚ID'], kind: 'id' },
    { head: ['Kind', '处罚类型'], kind: 'text' },
    { head: ['Imposed', '处罚时间'], kind: 'date' },
    { head: ['Session or agency', '场次或机构'], kind: 'id' },
    { head: ['State', '处罚状态'], kind: 'text' },
  ];
  return [
    {
      name: 'penalties',
      title: ['Penalties', '处罚'],
      blocks: [{ table: { name: 'penalties', caption: ['Penalties on file', '处罚记录'], columns, rows } }],
    },
  ];
}

/** P6: what of the anchor keeps sessions from being paid, as the run used it. */
export function statementIneligible({ ineligible }: Rows<'ineligible'>): PageSection[] {
  if (ineligible.length === 0) return [];
  const rows = ineligible.map(({ cause = '', from = '', to = '', clause = '' }): PageText[] => [
    both((words) => words.causeOf(cause)),
    from,
    to,
    clause,
  ]);
  const columns: PageColumn[] = [
    { head: ['Cause', '原因'], kind: 'text' },
    { head: ['From', '起始时间'], kind: 'date' },
    { head: ['To', '截止时间'], kind: 'date' },
    { head: ['Clause', '条款'], kind: 'text' },
  ];
  const title: PageText = ['Ineligible for pay', '不可结算记录'];
  return [{ name: 'ineligible', title, blocks: [{ table: { name: 'ineligible', caption: title, columns, rows } }] }];
}

/** unsettled.csv */
export function statementUnsettled({ unsettled }: Rows<'unsettled'>): PageSection[] {
  if (unsettled.length === 0) return [];
  return [
    section(
      'unsettled',
      both((words) => words.remark('unsettled')),
      unsettled,
      [
        ['session_id', 'id'],
        ['ended_at', 'date'],
        ['lacks', 'note', undefined, ({ codes = '' }) => both((words) => words.faults(codes))],
        ['fix', 'note', undefined, ({ codes = '', needs = '' }) => both((words) => words.needs(codes, needs))],
        ['file', 'text'],
        ['line', 'count'],
      ],
    ),
  ];
}

function section(
  name: 'days' | 'sessions' | 'unsettled',
  caption: PageText,
  rows: readonly CsvRow[],
  columns: readonly RowColumn[],
): PageSection {
  return {
    name,
    title: both((words) => words.sheet(name)),
    blocks: [{ table: rowTable(name, caption, rows, columns) }],
  };
}
