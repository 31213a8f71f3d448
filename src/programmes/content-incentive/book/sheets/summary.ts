import {
  type BookSheet,
  type Cell,
  type CellKind,
  FIRST_ROW,
  rangeOf,
  type SheetColumn,
} from '../../../../book/sheet.js';
import { sumOf } from '../../../../book/sum.js';
import { isOver } from '../../../../core/budget.js';
import { decimal, difference, fixed, ZERO } from '../../../../core/money.js';
import { BONUSES } from '../../policy/parts.js';
import type { Book } from '../read.js';
import type { Head } from '../words/heads.js';
import { figuresOf, type SummaryFigures } from './figures.js';
import { adjustmentColumn, anchorColumn } from './tables.js';

/** A line of the summary. */
interface Line {
  label: string;
  kind: CellKind;
  now: string;
  /** Of the other month; only with one. */
  before?: string | undefined;
  formula?: string;
  strong?: true;
  remark?: string;
}

/** 汇总: from what was earned to what is paid, and what takes from it. */
export async function summarySheet(book: Book): Promise<BookSheet> {
  const { words, asked } = book;
  const now = await figuresOf(book);
  const before = asked.against === undefined ? undefined : await figuresOf(book, asked.against);
  const counted = counts(book, now, before);
  const earned = amounts(book, now, before, FIRST_ROW + counted.length);
  const lines = [...counted, ...earned, ...restated(book, now), ...budget(book)];
  const money = (head: Head): SheetColumn => ({ head: words.head(head), kind: 'money' });
  return {
    name: words.sheet('summary'),
    title: book.title(words.sheet('summary')),
    ...(asked.against === undefined ? {} : { remark: words.comparedWith(asked.against) }),
    columns: [
      { head: words.head('item'), kind: 'note' },
      money('this_month'),
      ...(before === undefined ? [] : [money('last_month'), money('change')]),
      { head: words.head('remark'), kind: 'note' },
    ],
    rows: lines.map((line, at) => cellsOf(line, FIRST_ROW + at, before !== undefined)),
    filter: false,
    chart: {
      title: words.chart,
      rows: earned.flatMap(({ formula }, at) => (formula === undefined ? [] : [FIRST_ROW + counted.length + at])),
      values: before === undefined ? [1] : [1, 2],
    },
  };
}

function cellsOf(line: Line, row: number, compared: boolean): Cell[] {
  const { label, kind, now, before = '', formula, strong, remark = '' } = line;
  const marked = (text: string, of?: string): Cell => ({
    text,
    kind,
    ...(strong ? { strong } : {}),
    ...(of === undefined ? {} : { formula: of }),
  });
  const change = before === '' ? '' : minus(now, before, kind);
  const beside = compared ? [marked(before), marked(change, rounded(`B${row}-C${row}`))] : [];
  return [{ text: label, ...(strong ? { strong } : {}) }, marked(now, formula), ...beside, remark];
}

/** A spreadsheet counts in binary, and what it makes of differences of fen is off by a little. */
function rounded(formula: string): string {
  return `ROUND(${formula},2)`;
}

function minus(now: string, before: string, kind: CellKind): string {
  return kind === 'count' ? fixed(decimal(now).minus(decimal(before)), 0) : difference(now, before);
}

function counts({ words }: Book, now: SummaryFigures, before: SummaryFigures | undefined): Line[] {
  const names = ['anchors', 'payable_anchors', 'sessions', 'valid_sessions', 'unsettled_rows'] as const;
  return names.map((name) => ({
    label: words.head(name),
    kind: 'count',
    now: String(now.counts[name]),
    before: before && String(before.counts[name]),
  }));
}

const negative = (text: string): string => fixed(ZERO.minus(decimal(text)), 2);

/** Each amount adds up a column of the anchors' sheet; the payable total adds up the lines above it. */
function amounts(book: Book, now: SummaryFigures, before: SummaryFigures | undefined, first: number): Line[] {
  const { words, anchors } = book;
  const line = (name: Head, sign: '' | '-' = ''): Line => {
    const signed = (text: string): string => (sign === '' ? text : negative(text));
    const range = rangeOf(anchorColumn(name), anchors.length, words.sheet('anchors'));
    return {
      label: words.head(name),
      kind: 'money',
      now: signed(now.sums[name] ?? '0'),
      before: before && signed(before.sums[name] ?? '0'),
      formula: `${sign}SUM(${range})`,
    };
  };
  const lines: Line[] = [
    line('watch_time_gross'),
    line('cap_withheld', '-'),
    ...byLevel(book, now, before),
    ...BONUSES.map(({ name }) => line(name)),
    { ...line('forfeited', '-'), remark: now.overlap ? words.overlap : '' },
    ...byReason(book, now, before),
  ];
  const summed = lines.flatMap((each, at) => (each.formula === undefined ? [] : [`B${first + at}`]));
  const total = sumOf(lines.flatMap((each) => (each.formula === undefined ? [] : [each.now])));
  return [
    ...lines,
    {
      label: words.head('total'),
      kind: 'money',
      now: total,
      before: before?.sums.total,
      formula: rounded(summed.join('+')),
      strong: true,
    },
  ];
}

function byLevel({ words }: Book, now: SummaryFigures, before: SummaryFigures | undefined): Line[] {
  const levels = [...new Set([...now.withheld.keys(), ...(before?.withheld.keys() ?? [])])].sort((a, b) =>
    decimal(a).lessThan(decimal(b)) ? -1 : 1,
  );
  return levels.map((level) => ({
    label: words.withheldOf(level),
    kind: 'money',
    now: negative(now.withheld.get(level) ?? '0'),
    before: before && negative(before.withheld.get(level) ?? '0'),
  }));
}

function byReason({ words, policy }: Book, now: SummaryFigures, before: SummaryFigures | undefined): Line[] {
  const reasons = [...new Set([...now.forfeits, ...(before?.forfeits ?? [])].map(({ reason }) => reason))].sort();
  const of = (figures: SummaryFigures, reason: string) => figures.forfeits.find((each) => each.reason === reason);
  return reasons.map((reason) => ({
    label: `　${words.reasons(reason, policy)}`,
    kind: 'money',
    now: negative(of(now, reason)?.amount ?? '0'),
    before: before && negative(of(before, reason)?.amount ?? '0'),
    remark: words.anchors(of(now, reason)?.anchors ?? 0),
  }));
}

/** The month's budget, of the whole run alone: an agency has none. What is over stands as a negative amount left. */
function budget({ words, run, asked }: Book): Line[] {
  if (run.budget === undefined || asked.agency !== undefined) return [];
  const { budget: whole, left, projected } = run.budget;
  const line = (head: Head, now: string, remark = ''): Line => ({
    label: words.head(head),
    kind: 'money',
    now,
    remark,
  });
  const over = (rest: string): string => (isOver(rest) ? words.head('over_budget') : '');
  const atTheEnd =
    projected === null
      ? []
      : [
          line('projected', projected.total, words.projectedBy),
          line('projected_left', projected.left, over(projected.left)),
        ];
  return [line('budget', whole), line('budget_left', left, over(left)), ...atTheEnd];
}

/** What was paid before, and what is still to be paid or taken back. */
function restated({ words, run }: Book, now: SummaryFigures): Line[] {
  if (!run.restated) return [];
  const range = rangeOf(adjustmentColumn('delta'), now.adjustments.lines, words.sheet('adjustments'));
  return [
    {
      label: words.head('closed_before'),
      kind: 'money',
      now: difference(now.sums.total ?? '0', now.adjustments.delta),
    },
    {
      label: words.head('this_time'),
      kind: 'money',
      now: now.adjustments.delta,
      formula: `SUM(${range})`,
      strong: true,
    },
  ];
}
