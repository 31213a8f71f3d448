import { difference } from '../../../../core/money.js';
import type { PageFigure, PageSection } from '../../../../page/model.js';
import { ADDED_UP } from '../../book/sheets/amounts.js';
import type { SummaryFigures } from '../../book/sheets/figures.js';
import type { Head } from '../../book/words/heads.js';
import { BONUSES } from '../../policy/parts.js';
import { both, type PageRun } from '../shown.js';

type Count = keyof SummaryFigures['counts'];
const COUNTS: readonly Count[] = ['anchors', 'payable_anchors', 'sessions', 'valid_sessions', 'unsettled_rows'];

/** What is taken away stands with a minus. */
const TAKEN: readonly Head[] = ['cap_withheld', 'forfeited'];
const signed = (head: Head, text: string): string => (TAKEN.includes(head) ? difference('0', text) : text);

/** From what was earned to what is paid. */
export function totalsSection(shown: PageRun, now: SummaryFigures, before: SummaryFigures | undefined): PageSection {
  const { both, book } = shown;
  const { against } = book.asked;
  return {
    name: 'totals',
    title: ['Totals', '汇总'],
    blocks: [
      ...(against === undefined ? [] : [{ note: both((words) => words.comparedWith(against)) }]),
      { figures: [...amounts(shown, now, before), ...counts(shown, now, before)] },
      {
        caption: ['From watch time to the total payable (CNY)', '从时长激励到应付合计（元）'],
        chart: {
          shape: 'waterfall',
          steps: STEPS.map(({ head, sum }) => ({
            label: both((words) => words.head(head)),
            value: signed(head, now.sums[head] ?? '0.00'),
            ...(sum ? { sum } : {}),
          })),
        },
        behind: {
          name: 'waterfall',
          caption: ['Steps', '各步骤'],
          columns: [
            { head: both((words) => words.head('item')), kind: 'text' },
            { head: ['CNY', '元'], kind: 'money' },
          ],
          rows: STEPS.map(({ head }) => [both((words) => words.head(head)), signed(head, now.sums[head] ?? '0.00')]),
        },
      },
    ],
  };
}

const STEPS: readonly { head: Head; sum?: true }[] = [
  { head: 'watch_time_gross', sum: true },
  { head: 'cap_withheld' },
  ...BONUSES.map(({ name }) => ({ head: name })),
  { head: 'forfeited' },
  { head: 'total', sum: true },
];

function amounts({ both, book }: PageRun, now: SummaryFigures, before: SummaryFigures | undefined): PageFigure[] {
  const figure = (head: Head, text: string, old: string | undefined, strong = false): PageFigure => ({
    label: both((words) => words.head(head)),
    kind: 'money',
    text,
    ...(strong ? { strong } : {}),
    ...(old === undefined ? {} : { before: old, change: difference(text, old) }),
  });
  const of = (head: Head): PageFigure => {
    const old = before === undefined ? undefined : signed(head, before.sums[head] ?? '0.00');
    return figure(head, signed(head, now.sums[head] ?? '0.00'), old, head === 'total');
  };
  const restated = book.run.restated
    ? [
        figure('closed_before', difference(now.sums.total ?? '0', now.adjustments.delta), undefined),
        figure('this_time', now.adjustments.delta, undefined, true),
      ]
    : [];
  return [of('total'), ...restated, ...budgetFigures(book), ...ADDED_UP.filter((head) => head !== 'total').map(of)];
}

/** The month's budget, of the whole run alone: an agency has none. What is over stands as a negative amount left. */
function budgetFigures({ run: { budget }, asked }: PageRun['book']): PageFigure[] {
  if (budget === undefined || asked.agency !== undefined) return [];
  const { budget: whole, left, projected } = budget;
  const figure = (head: Head, text: string): PageFigure => ({
    label: both((words) => words.head(head)),
    kind: 'money',
    text,
  });
  const atTheEnd =
    projected === null ? [] : [figure('projected', projected.total), figure('projected_left', projected.left)];
  return [figure('budget', whole), figure('budget_left', left), ...atTheEnd];
}

function counts({ both }: PageRun, now: SummaryFigures, before: SummaryFigures | undefined): PageFigure[] {
  return COUNTS.map((name) => ({
    label: both((words) => words.head(name)),
    kind: 'count',
    text: String(now.counts[name]),
    ...(before === undefined
      ? {}
      : { before: String(before.counts[name]), change: String(now.counts[name] - before.counts[name]) }),
  }));
}
