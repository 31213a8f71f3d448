import { difference } from '../../../../core/money.js';
import type { PageSection, PageText } from '../../../../page/model.js';
import type { Head } from '../../book/words/heads.js';
import { BONUSES } from '../../policy/parts.js';
import { both } from '../shown.js';
import type { OfAnchor } from './read.js';

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
