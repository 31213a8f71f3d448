import type { BookSheet, Cell, SheetColumn } from '../../../../book/sheet.js';
import { Sum } from '../../../../book/sum.js';
import { type Book, rowsIn } from '../read.js';
import type { Head } from '../words/heads.js';
import { ADDED_UP } from './amounts.js';
import { ofAgency } from './tables.js';

export interface AgencySums {
  anchors: number;
  payable: number;
  sums: Partial<Record<Head, Sum>>;
  /** Of the adjustments. */
  delta: Sum;
}

/** 机构汇总: a row per agency, and one for all anchors that have none. */
export async function agencySheet(book: Book): Promise<BookSheet> {
  const { words, run } = book;
  const agencies = await agenciesOf(book);
  const money = (head: Head): SheetColumn => ({ head: words.head(head), kind: 'money', total: true });
  const counted = (head: Head): SheetColumn => ({ head: words.head(head), kind: 'count', total: true });
  return {
    name: words.sheet('agencies'),
    title: book.title(words.sheet('agencies')),
    columns: [
      { head: words.head('agency_id'), kind: 'id' },
      { head: words.head('agency_name'), kind: 'text' },
      counted('anchors'),
      counted('payable_anchors'),
      ...ADDED_UP.map(money),
      ...(run.restated ? [money('closed_before'), money('this_time')] : []),
    ],
    rows: [...agencies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, agency]) => rowOf(book, id, agency)),
    total: words.total,
    filter: true,
  };
}

function rowOf({ words, run, names }: Book, id: string, { anchors, payable, sums, delta }: AgencySums): Cell[] {
  const closed = new Sum();
  closed.add(sums.total?.text(2) ?? '0');
  closed.subtract(delta.text(2));
  return [
    words.agency(id),
    names.get(id) ?? '',
    String(anchors),
    String(payable),
    ...ADDED_UP.map((name) => sums[name]?.text(2) ?? ''),
    ...(run.restated ? [closed.text(2), delta.text(2)] : []),
  ];
}

/** By id; blank for anchors that have none. */
export async function agenciesOf(book: Book): Promise<Map<string, AgencySums>> {
  const agencies = new Map<string, AgencySums>();
  const agencyOf = (id: string): AgencySums => {
    const agency = agencies.get(id) ?? emptyAgency();
    agencies.set(id, agency);
    return agency;
  };
  for (const row of book.anchors) {
    const agency = agencyOf(row.agency_id ?? '');
    agency.anchors++;
    if (row.status === 'payable') agency.payable++;
    for (const name of ADDED_UP) agency.sums[name]?.add(row[name] ?? '0');
  }
  const isMeant = ofAgency(book);
  for await (const row of rowsIn(book.run.dir, 'adjustments.csv'))
    if (isMeant(row)) agencyOf(row.agency_id ?? '').delta.add(row.delta ?? '0');
  return agencies;
}

function emptyAgency(): AgencySums {
  const sums = Object.fromEntries(ADDED_UP.map((name) => [name, new Sum()])) as AgencySums['sums'];
  return { anchors: 0, payable: 0, sums, delta: new Sum() };
}
