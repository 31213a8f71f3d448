import type { PageColumn, PageKind, PageSection, PageText } from '../../../../page/model.js';
import { type CsvRow, rowsIn, unsettledOf } from '../../book/read.js';
import type { Head } from '../../book/words/heads.js';
import { BONUSES } from '../../policy/parts.js';
import type { PageRun } from '../shown.js';

/** The sections that show a file of the run folder, row by row. */

/** A column: its head, how it is shown, what of a row it shows, and whether it is added up. */
type Column = readonly [head: Head, kind: PageKind, cell: (row: CsvRow) => PageText, total?: 'total' | undefined];

const of =
  (name: string) =>
  (row: CsvRow): string =>
    row[name] ?? '';
const own = (name: Head, kind: PageKind, total?: 'total'): Column => [name, kind, of(name), total];

/** 主播明细 */
export function anchorSection(shown: PageRun): PageSection {
  const { both, book, agency } = shown;
  const columns: Column[] = [
    own('anchor_id', 'id'),
    own('nickname', 'text'),
    ['agency_id', 'id', ({ agency_id = '' }) => agency(agency_id)],
    ['status', 'text', ({ status = '' }) => both((words) => words.status(status))],
    own('valid_sessions', 'count', 'total'),
    own('valid_days', 'count', 'total'),
    own('watch_time_gross', 'money', 'total'),
    own('cap_withheld', 'money', 'total'),
    ...BONUSES.map(({ name }) => own(name, 'money', 'total')),
    own('forfeited', 'money', 'total'),
    own('total', 'money', 'total'),
    [
      'reasons',
      'note',
      ({ reasons = '' }) => (reasons === '' ? '' : both((words) => words.reasons(reasons, book.policy))),
    ],
  ];
  return section(shown, 'anchors', ['Anchors (CNY)', '主播明细（元）'], columns, book.anchors);
}

/** 未结算: what lacks, and how to fix it. */
export async function unsettledSection(shown: PageRun): Promise<PageSection> {
  const { both, book, agency } = shown;
  const rows = await matching(shown, 'unsettled.csv', unsettledOf(book.asked.agency, book.isMeant));
  return section(
    shown,
    'unsettled',
    both((words) => words.remark('unsettled')),
    [
      own('anchor_id', 'id'),
      own('session_id', 'id'),
      ['agency_id', 'id', ({ agency_id = '' }) => agency(agency_id)],
      own('ended_at', 'date'),
      ['lacks', 'note', ({ codes = '' }) => both((words) => words.faults(codes))],
      ['fix', 'note', ({ codes = '', needs = '' }) => both((words) => words.needs(codes, needs))],
      own('file', 'text'),
      own('line', 'count'),
    ],
    rows,
  );
}

/** 提醒 */
export async function noticeSection(shown: PageRun): Promise<PageSection> {
  const { both } = shown;
  const rows = await matching(shown, 'notices.csv', () => true);
  return section(
    shown,
    'notices',
    both((words) => words.remark('notices')),
    [
      ['severity', 'text', ({ severity = '' }) => both((words) => words.severity(severity))],
      ['notice', 'note', ({ code = '' }) => both((words) => words.notice(code))],
      ['subject', 'text', ({ code = '', subject = '' }) => both((words) => words.noticeSubject(code, subject))],
      own('count', 'count'),
      ['value', 'text', ({ code = '', value = '' }) => both((words) => words.noticeValue(code, value))],
      own('file', 'text'),
      ['fix', 'note', ({ code = '', message = '' }) => both((words) => words.noticeFix(code, message))],
    ],
    rows,
  );
}

async function matching({ book }: PageRun, file: string, isMeant: (row: CsvRow) => boolean): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const row of rowsIn(book.run.dir, file)) if (isMeant(row)) rows.push(row);
  return rows;
}

function section(
  { both }: PageRun,
  name: 'anchors' | 'unsettled' | 'notices',
  caption: PageText,
  columns: readonly Column[],
  rows: readonly CsvRow[],
): PageSection {
  const heads = columns.map(
    ([head, kind, , total]): PageColumn => ({
      head: both((words) => words.head(head)),
      kind,
      ...(total === undefined ? {} : { total: true }),
    }),
  );
  return {
    name,
    title: both((words) => words.sheet(name)),
    blocks: [
      { table: { name, caption, columns: heads, rows: rows.map((row) => columns.map(([, , cell]) => cell(row))) } },
    ],
  };
}
