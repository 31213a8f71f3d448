import { decimal, difference } from '../../../../core/money.js';
import type { PageColumn, PageSection, PageText } from '../../../../page/model.js';
import { agenciesOf } from '../../book/sheets/agencies.js';
import { ADDED_UP } from '../../book/sheets/amounts.js';
import type { Head } from '../../book/words/heads.js';
import { shareOf } from '../share.js';
import { type PageRun, withinText } from '../shown.js';

/** So many bars have room in a chart. */
const BARS = 15;

/** An agency's name with its id, or its id alone. */
export function agencyLabel({ agency, book }: PageRun, id: string): PageText {
  const name = book.names.get(id);
  return name === undefined ? agency(id) : `${withinText(name)} ${id}`;
}

/** The largest first; of equal ones the first by id. */
export function descending<T extends { id: string }>(all: readonly T[], amountOf: (one: T) => string): T[] {
  return all
    .map((one) => ({ one, amount: decimal(amountOf(one)) }))
    .sort((a, b) => b.amount.comparedTo(a.amount) || (a.one.id < b.one.id ? -1 : 1))
    .map(({ one }) => one);
}

/** 机构汇总: a row per agency, and one for all anchors that have none. */
export async function agencySection(shown: PageRun, total: string): Promise<PageSection> {
  const { both, book } = shown;
  const { restated } = book.run;
  const found = [...(await agenciesOf(book))].map(([id, agency]) => ({ id, ...agency }));
  const sorted = descending(found, ({ sums }) => sums.total?.text(2) ?? '0');
  const column = (head: Head, kind: PageColumn['kind']): PageColumn => ({
    head: both((words) => words.head(head)),
    kind,
    ...(kind === 'count' || kind === 'money' ? { total: true } : {}),
  });
  const rows = sorted.map(({ id, anchors, payable, sums, delta }): PageText[] => {
    const paid = sums.total?.text(2) ?? '0.00';
    return [
      shown.agency(id),
      book.names.get(id) ?? '',
      String(anchors),
      String(payable),
      ...ADDED_UP.map((head) => sums[head]?.text(2) ?? '0.00'),
      shareOf(paid, total),
      ...(restated ? [difference(paid, delta.text(2)), delta.text(2)] : []),
    ];
  });
  const bars = sorted.slice(0, BARS).map(({ id, sums }) => ({
    label: agencyLabel(shown, id),
    value: sums.total?.text(2) ?? '0.00',
  }));
  const table = {
    name: 'agencies',
    caption: ['Each agency, and all anchors that have none (CNY)', '各机构及无机构主播（元）'] as const,
    columns: [
      column('agency_id', 'id'),
      column('agency_name', 'text'),
      column('anchors', 'count'),
      column('payable_anchors', 'count'),
      ...ADDED_UP.map((head) => column(head, 'money')),
      { head: ['Share', '占比'] as const, kind: 'percent' as const },
      ...(restated ? [column('closed_before', 'money'), column('this_time', 'money')] : []),
    ],
    rows,
  };
  const picture = {
    caption: [`Total payable, the ${bars.length} largest (CNY)`, `应付合计，最大的 ${bars.length} 家（元）`] as const,
    chart: { shape: 'bars' as const, bars },
    behind: {
      name: 'largest-agencies',
      caption: ['Total payable (CNY)', '应付合计（元）'] as const,
      columns: [column('agency_id', 'text'), column('total', 'money')],
      rows: bars.map(({ label, value }) => [label, value]),
    },
  };
  return {
    name: 'agencies',
    title: both((words) => words.sheet('agencies')),
    blocks: [...(bars.length > 1 ? [picture] : []), { table }],
  };
}
