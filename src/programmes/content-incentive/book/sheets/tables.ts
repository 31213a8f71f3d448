import type { BookSheet, Cell, CellKind, SheetColumn } from '../../../../book/sheet.js';
import { BONUSES } from '../../policy/parts.js';
import { FLAGS } from '../../policy/reasons.js';
import { type Book, type CsvRow, rowsIn } from '../read.js';
import type { Head } from '../words/heads.js';

/** The sheets that show a file of the run folder, column by column. */

/** What is made of a cell before it is shown. */
type Say = (text: string, book: Book) => string;

/** A column, how it is shown, whether it is added up, what is made of its words, and where not its own, whose cell it shows. */
type Shown = readonly [column: Head, kind: CellKind, total?: 'total' | '', say?: Say, from?: Head];

const flag: Say = (text, { words }) => words.flag(text);
const reasons: Say = (text, { words, policy }) => words.reasons(text, policy);

/** An agency stands with its name. */
const AGENCY: readonly Shown[] = [
  ['agency_id', 'id', '', (text, { words }) => words.agency(text)],
  ['agency_name', 'text', '', (text, { names }) => names.get(text) ?? '', 'agency_id'],
];

const ANCHORS: readonly Shown[] = [
  ['anchor_id', 'id'],
  ['nickname', 'text'],
  ...AGENCY,
  ['status', 'text', '', (text, { words }) => words.status(text)],
  ['valid_sessions', 'count', 'total'],
  ['valid_seconds', 'count', 'total'],
  ['valid_days', 'count', 'total'],
  ['watch_time_gross', 'money', 'total'],
  ['cap_withheld', 'money', 'total'],
  ['watch_time', 'money', 'total'],
  ...BONUSES.map(({ name }): Shown => [name, 'money', 'total']),
  ['forfeited', 'money', 'total'],
  ['total', 'money', 'total'],
  ['reasons', 'note', '', reasons],
];

const DAYS: readonly Shown[] = [
  ['anchor_id', 'id'],
  ['date', 'date'],
  ['valid_sessions', 'count', 'total'],
  ['valid_seconds', 'count', 'total'],
  ['valid_day', 'text', '', flag],
  ['top_level', 'count'],
  ['cap', 'money'],
  ['gross', 'money', 'total'],
  ['withheld', 'money', 'total'],
  ['watch_time', 'money', 'total'],
];

const SESSIONS: readonly Shown[] = [
  ['session_id', 'id'],
  ['anchor_id', 'id'],
  ['settlement_date', 'date'],
  ['started_at', 'text'],
  ['ended_at', 'text'],
  ['duration_seconds', 'count'],
  ['effective_seconds', 'count'],
  ...FLAGS.map(({ column }): Shown => [column, 'text', '', flag]),
  ['replay_deleted_at', 'text'],
  ['quality_level', 'count'],
  ['track', 'text'],
  ['rec_dwell_minutes', 'minutes', 'total'],
  ['unit_price', 'price'],
  ['scarcity_index', 'index'],
  ['valid', 'text', '', flag],
  ['amount', 'money', 'total'],
  ['reasons', 'note', '', reasons],
];

const ADJUSTMENTS: readonly Shown[] = [
  ['anchor_id', 'id'],
  ...AGENCY,
  ['date', 'date'],
  ['part', 'text', '', (text, { words }) => words.part(text)],
  ['closed', 'money', 'total'],
  ['restated', 'money', 'total'],
  ['delta', 'money', 'total'],
  ['causes', 'note', '', (text, { words }) => words.causes(text)],
];

export function anchorSheet(book: Book): BookSheet {
  return table(book, 'anchors', ANCHORS, book.anchors);
}

/** Where a column of the anchors' sheet stands: other sheets add it up. */
export function anchorColumn(name: Head): number {
  return ANCHORS.findIndex(([column]) => column === name);
}

/** Where a column of the adjustments' sheet stands. */
export function adjustmentColumn(name: Head): number {
  return ADJUSTMENTS.findIndex(([column]) => column === name);
}

export function daySheet(book: Book): BookSheet {
  return table(book, 'days', DAYS, fileRows(book, 'days.csv', book.isMeant));
}

export function sessionSheet(book: Book): BookSheet {
  return table(book, 'sessions', SESSIONS, fileRows(book, 'sessions.csv', book.isMeant));
}

/** Lines are an agency's own: an anchor that went to another has lines of both. */
export function adjustmentSheet(book: Book): BookSheet {
  return table(book, 'adjustments', ADJUSTMENTS, fileRows(book, 'adjustments.csv', ofAgency(book)));
}

export function ofAgency({ asked: { agency } }: Book): (row: CsvRow) => boolean {
  return ({ agency_id }) => agency === undefined || agency_id === agency;
}

async function* fileRows({ run }: Book, file: string, isMeant: (row: CsvRow) => boolean): AsyncGenerator<CsvRow> {
  for await (const row of rowsIn(run.dir, file)) if (isMeant(row)) yield row;
}

type SheetName = 'anchors' | 'days' | 'sessions' | 'adjustments';

function table(
  book: Book,
  name: SheetName,
  shown: readonly Shown[],
  rows: Iterable<CsvRow> | AsyncIterable<CsvRow>,
): BookSheet {
  const { words } = book;
  const columns = shown.map(
    ([column, kind, total]): SheetColumn => ({ head: words.head(column), kind, total: total === 'total' }),
  );
  return {
    name: words.sheet(name),
    title: book.title(words.sheet(name)),
    columns,
    rows: cellsOf(book, shown, rows),
    total: words.total,
    filter: true,
  };
}

async function* cellsOf(
  book: Book,
  shown: readonly Shown[],
  rows: Iterable<CsvRow> | AsyncIterable<CsvRow>,
): AsyncGenerator<Cell[]> {
  for await (const row of rows)
    yield shown.map(([column, , , say, from = column]) => {
      const text = row[from] ?? '';
      return say === undefined ? text : say(text, book);
    });
}
