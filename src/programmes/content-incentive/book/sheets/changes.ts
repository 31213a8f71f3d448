import type { BookSheet, Cell, SheetColumn } from '../../../../book/sheet.js';
import type { BookedRun } from '../../../interface/book.js';
import type { AnchorChange, MonthChange } from '../../../interface/months.js';
import { MONTHS, seenBy } from '../../months/months.js';
import { PARTS_OF_CHANGE } from '../../months/parts.js';
import type { Book } from '../read.js';
import type { Head, SheetName } from '../words/heads.js';

/** 机构变动 and 主播变动: why this month's totals aren't the other month's, part by part. */
export async function changeSheets(book: Book, against: BookedRun): Promise<BookSheet[]> {
  const { agency } = book.asked;
  const { agencies, anchors } = await MONTHS.compare(against, book.run);
  const own = agency === undefined ? anchors : anchors.flatMap((change) => seenBy(agency, change) ?? []);
  const theirs = agencies.filter(({ agency_id }) => agency === undefined || (agency_id ?? '') === agency);
  return [
    sheet(
      book,
      'agency_changes',
      [
        { head: book.words.head('agency_id'), kind: 'id' },
        { head: book.words.head('agency_name'), kind: 'text' },
      ],
      theirs.map((change) => [[book.words.agency(change.agency_id ?? ''), change.name], change]),
    ),
    sheet(
      book,
      'anchor_changes',
      [
        { head: book.words.head('anchor_id'), kind: 'id' },
        { head: book.words.head('nickname'), kind: 'text' },
        { head: book.words.head('agency_id'), kind: 'id' },
      ],
      own.map((change) => [[change.anchor_id, change.nickname, agencyOf(book, change)], change]),
    ),
  ];
}

/** Of an anchor that went from one agency to another, both. */
function agencyOf({ words }: Book, { in_a, in_b, agency_a, agency_b }: AnchorChange): string {
  const said = [...(in_a ? [agency_a ?? ''] : []), ...(in_b ? [agency_b ?? ''] : [])];
  return [...new Set(said)].map(words.agency).join(' → ');
}

function sheet(
  book: Book,
  name: SheetName,
  about: readonly SheetColumn[],
  rows: readonly (readonly [about: readonly string[], change: MonthChange])[],
): BookSheet {
  const { words } = book;
  const money = (head: Head): SheetColumn => ({ head: words.head(head), kind: 'money', total: true });
  return {
    name: words.sheet(name),
    title: book.title(words.sheet(name)),
    columns: [
      ...about,
      { head: words.head('dwell_before'), kind: 'minutes', total: true },
      { head: words.head('dwell_now'), kind: 'minutes', total: true },
      ...(['last_month', 'this_month', 'change'] as const).map(money),
      ...PARTS_OF_CHANGE.map((part): SheetColumn => ({ head: words.pick(part.words), kind: 'money', total: true })),
    ],
    rows: rows.map(([first, change]): Cell[] => [...first, ...figures(change)]),
    total: words.total,
    filter: true,
  };
}

function figures({ a, b, delta, parts, measures: { dwell } }: MonthChange): Cell[] {
  return [dwell?.a ?? '', dwell?.b ?? '', a, b, delta, ...PARTS_OF_CHANGE.map(({ name }) => parts[name] ?? '')];
}
