import { Sum } from '../../../../book/sum.js';
import { difference } from '../../../../core/money.js';
import type { PageBlock, PageSection, PageText } from '../../../../page/model.js';
import type { BookedRun } from '../../../interface/book.js';
import type { Earlier } from '../../../interface/pages.js';
import type { Head } from '../../book/words/heads.js';
import { BONUSES } from '../../policy/parts.js';
import { both } from '../shown.js';
import { closedRow, type OfAnchor } from './read.js';

const STEPS: readonly { head: Head; taken?: true; sum?: true }[] = [
  { head: 'watch_time_gross', sum: true },
  { head: 'cap_withheld', taken: true },
  ...BONUSES.map(({ name }) => ({ head: name })),
  { head: 'forfeited', taken: true },
  { head: 'total', sum: true },
];

/** From what was earned to what is paid: the row of settlement.csv. */
export function amountSection({ row }: OfAnchor): PageSection[] {
  if (row === undefined) return [];
  const amountOf = ({ head, taken }: (typeof STEPS)[number]): string =>
    taken ? difference('0', row[head] ?? '0') : (row[head] ?? '0.00');
  const named = ({ head }: (typeof STEPS)[number]): PageText => both((words) => words.head(head));
  return [
    {
      name: 'amounts',
      title: ['Amount (CNY)', '应付金额（元）'],
      blocks: [
        {
          caption: ['From watch time to the total payable', '从时长激励到应付合计'],
          chart: {
            shape: 'waterfall',
            steps: STEPS.map((step) => ({
              label: named(step),
              value: amountOf(step),
              ...(step.sum ? { sum: step.sum } : {}),
            })),
          },
          behind: {
            name: 'amounts',
            caption: ['Steps', '各步骤'],
            columns: [
              { head: both((words) => words.head('item')), kind: 'text' },
              { head: ['CNY', '元'], kind: 'money' },
            ],
            rows: STEPS.map((step) => [named(step), amountOf(step)]),
          },
        },
      ],
    },
  ];
}

/** Of a restatement: what was closed before, revision by revision, and what is to be paid or taken back now. */
export async function paidSection(
  run: BookedRun,
  { row, adjustments }: OfAnchor,
  anchor: string,
  earlier: readonly Earlier[],
): Promise<PageSection[]> {
  if (!run.restated) return [];
  const delta = new Sum();
  for (const line of adjustments) delta.add(line.delta ?? '0');
  const money = (head: Head, text: string) =>
    ({ label: both((words) => words.head(head)), kind: 'money', text }) as const;
  const closed = difference(row?.total ?? '0', delta.text(2));
  return [
    {
      name: 'paid',
      title: ['Paid before', '往期已付'],
      blocks: [
        {
          figures: [
            money('closed_before', closed),
            money('total', row?.total ?? '0.00'),
            { ...money('this_time', delta.text(2)), strong: true },
          ],
        },
        await revisionTable(anchor, earlier),
        lineTable(adjustments),
      ],
    },
  ];
}

async function revisionTable(anchor: string, earlier: readonly Earlier[]): Promise<PageBlock> {
  const rows: PageText[][] = [];
  let before = '0.00';
  for (const { dir, run_id, revision, by, at } of earlier) {
    const total = (await closedRow(dir, anchor))?.total ?? '0.00';
    rows.push([String(revision), run_id, by, at, total, difference(total, before)]);
    before = total;
  }
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
      rows,
    },
  };
}

function lineTable(adjustments: OfAnchor['adjustments']): PageBlock {
  const money = (head: Head) => ({ head: both((words) => words.head(head)), kind: 'money', total: true }) as const;
  return {
    table: {
      name: 'adjustments',
      caption: ['What this run pays or takes back (CNY)', '本次补付/扣回明细（元）'],
      columns: [
        { head: both((words) => words.head('date')), kind: 'date' },
        { head: both((words) => words.head('part')), kind: 'text' },
        money('closed'),
        money('restated'),
        money('delta'),
        { head: both((words) => words.head('causes')), kind: 'note' },
      ],
      rows: adjustments.map(({ date = '', part = '', closed = '', restated = '', delta = '', causes = '' }) => [
        date,
        both((words) => words.part(part)),
        closed,
        restated,
        delta,
        both((words) => words.causes(causes)),
      ]),
    },
  };
}
