import { sumOf } from '../../../book/sum.js';
import { difference } from '../../../core/money.js';
import type { PageBlock, PageColumn, PageKind, PageSection, PageText } from '../../../page/model.js';
import type { Earlier } from '../../interface/pages.js';
import type { CsvRow } from '../book/read.js';
import type { Head } from '../book/words/heads.js';
import { both } from './shown.js';

/** A closed revision, with what it came to. CNY. */
export interface RevisionTotal {
  revision: number;
  run_id: string;
  closed_by: string;
  /** Beijing. */
  closed_at: string;
  total: string;
  /** Against the revision before. */
  change: string;
}

/** The closed revisions before a run, each with its total by whatever adds it up. */
export async function revisionsOf(
  earlier: readonly Earlier[],
  totalIn: (dir: string) => Promise<string>,
): Promise<RevisionTotal[]> {
  const found: RevisionTotal[] = [];
  for (const { dir, run_id, revision, by, at } of earlier) {
    const total = await totalIn(dir);
    const change = difference(total, found.at(-1)?.total ?? '0');
    found.push({ revision, run_id, closed_by: by, closed_at: at, total, change });
  }
  return found;
}

/** Of a restatement: what was closed before, revision by revision, and what is to be paid or taken back now, line by line. */
export function paidSection(
  total: string,
  adjustments: readonly CsvRow[],
  revisions: readonly RevisionTotal[],
  whose: 'of one' | 'of several' = 'of one',
): PageSection {
  const delta = sumOf(adjustments.map((line) => line.delta ?? '0'));
  const money = (head: Head, text: string) =>
    ({ label: both((words) => words.head(head)), kind: 'money', text }) as const;
  return {
    name: 'paid',
    title: ['Paid before', '往期已付'],
    blocks: [
      {
        figures: [
          money('closed_before', difference(total, delta)),
          money('total', total),
          { ...money('this_time', delta), strong: true },
        ],
      },
      revisionTable(revisions),
      lineTable(adjustments, whose),
    ],
  };
}

function revisionTable(revisions: readonly RevisionTotal[]): PageBlock {
  return {
    table: {
      name: 'revisions',
      caption: ['Closed revisions before this run (CNY)', '此前的关账（元）'],
      columns: [
        { head: ['Revision', '结算次数'], kind: 'count' },
        { head: ['Run', '批次'], kind: 'id' },
        { head: ['Closed by', '关账人'], kind: 'text' },
        { head: ['Closed', '关账时间'], kind: 'date' },
        { head: both((words) => words.head('total')), kind: 'money' },
        { head: ['Paid or taken back', '支付/扣回'], kind: 'money', total: true },
      ],
      rows: revisions.map(({ revision, run_id, closed_by, closed_at, total, change }) => [
        ...[String(revision), run_id, closed_by, closed_at, total, change],
      ]),
    },
  };
}

function lineTable(adjustments: readonly CsvRow[], whose: 'of one' | 'of several'): PageBlock {
  const column = (head: Head, kind: PageKind): PageColumn => ({
    head: both((words) => words.head(head)),
    kind,
    ...(kind === 'money' ? { total: true } : {}),
  });
  const anchor = whose === 'of several' ? [column('anchor_id', 'id')] : [];
  return {
    table: {
      name: 'adjustments',
      caption: ['What this run pays or takes back (CNY)', '本次补付/扣回明细（元）'],
      columns: [
        ...anchor,
        column('date', 'date'),
        column('part', 'text'),
        column('closed', 'money'),
        column('restated', 'money'),
        column('delta', 'money'),
        column('causes', 'note'),
      ],
      rows: adjustments.map(
        ({ anchor_id = '', date = '', part = '', closed = '', restated = '', delta = '', causes = '' }) => {
          const cells: PageText[] = whose === 'of several' ? [anchor_id] : [];
          const said = both((words) => words.causes(causes));
          return [...cells, date, both((words) => words.part(part)), closed, restated, delta, said];
        },
      ),
    },
  };
}
