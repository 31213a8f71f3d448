import { Sum, sumOf } from '../../../book/sum.js';
import { difference } from '../../../core/money.js';
import type { PageBlock, PageSection } from '../../../page/model.js';
import type { Head } from '../book/words/heads.js';
import { both } from '../pages/both.js';
import { BONUSES } from '../policy/parts.js';
import type { PacketRow } from './packet-page.js';

const STEPS_TO_TOTAL: readonly { head: Head; taken?: true; sum?: true }[] = [
  { head: 'watch_time_gross', sum: true },
  { head: 'cap_withheld', taken: true },
  ...BONUSES.map(({ name }) => ({ head: name })),
  { head: 'forfeited', taken: true },
  { head: 'total', sum: true },
];

/** How the total comes about, and what each date brought, of rows of settlement.csv and days.csv. */
export function chartSection(settlement: readonly PacketRow[], days: readonly PacketRow[]): PageSection[] {
  if (settlement.length === 0) return [];
  const blocks = [stepsBlock(settlement), ...(days.length === 0 ? [] : [datesBlock(days)])];
  return [{ name: 'charts', title: ['How the total comes about', '应付金额计算过程'], blocks }];
}

/** From watch time to the total. */
export function stepsBlock(settlement: readonly PacketRow[], name = 'steps'): PageBlock {
  const steps = STEPS_TO_TOTAL.map(({ head, taken, sum }) => {
    const value = sumOf(settlement.map((row) => row[head] || '0.00'));
    return {
      label: both((words) => words.head(head)),
      value: taken ? difference('0', value) : value,
      ...(sum ? { sum } : {}),
    };
  });
  return {
    caption: ['From watch time to the total payable (CNY)', '从时长激励到应付合计（元）'],
    chart: { shape: 'waterfall', steps },
    behind: {
      name,
      caption: ['Steps', '各步骤'],
      columns: [
        { head: both((words) => words.head('item')), kind: 'text' },
        { head: ['CNY', '元'], kind: 'money' },
      ],
      rows: steps.map(({ label, value }) => [label, value]),
    },
  };
}

function datesBlock(days: readonly PacketRow[]): PageBlock {
  const dates = new Map<string, { paid: Sum; withheld: Sum }>();
  for (const { date = '', watch_time = '', withheld = '' } of days) {
    const sums = dates.get(date) ?? { paid: new Sum(), withheld: new Sum() };
    dates.set(date, sums);
    sums.paid.add(watch_time || '0');
    sums.withheld.add(withheld || '0');
  }
  const rows = [...dates]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([date, { paid, withheld }]) => [date, paid.text(2), withheld.text(2)] as const);
  const [paid, withheld] = (['watch_time', 'withheld'] as const).map((head) => both((words) => words.head(head))) as [
    readonly [string, string],
    readonly [string, string],
  ];
  return {
    caption: ['Watch time by date, before what is forfeited (CNY)', '每日时长激励，未扣除不予发放部分（元）'],
    chart: {
      shape: 'columns',
      categories: rows.map(([date]) => date.slice(5)),
      series: [
        { name: paid, values: rows.map(([, value]) => value) },
        { name: withheld, values: rows.map(([, , value]) => value) },
      ],
    },
    behind: {
      name: 'dates',
      caption: ['Watch time by date', '每日时长激励'],
      columns: [
        { head: both((words) => words.head('date')), kind: 'date' },
        { head: paid, kind: 'money', total: true },
        { head: withheld, kind: 'money', total: true },
      ],
      rows: rows.map((row) => [...row]),
    },
  };
}
