import type { BookSheet, Cell, SheetColumn } from '../../../../book/sheet.js';
import { type Book, type CsvRow, rowsIn, unsettledOf } from '../read.js';
import type { Head } from '../words/heads.js';

/**
 * 未结算, and for the whole run also 隔离行 and 提醒: rows of the exports and notices may name other agencies, and what an
 * agency is sent must not.
 */
export function leftOutSheets(book: Book): BookSheet[] {
  const whole = book.asked.agency === undefined;
  return [unsettledSheet(book), ...(whole ? [quarantineSheet(book), noticeSheet(book)] : [])];
}

type Shown = readonly [head: Head, kind: SheetColumn['kind'], cell: (row: CsvRow) => string];

/** The words of the run folder's own messages are English; beside Chinese ones they stand last. */
function unsettledSheet(book: Book): BookSheet {
  const { words, names } = book;
  return table(book, 'unsettled', 'unsettled.csv', unsettledOf(book.asked.agency, book.isMeant), [
    ['anchor_id', 'id', cell('anchor_id')],
    ['session_id', 'id', cell('session_id')],
    ['agency_id', 'id', cell('agency_id')],
    ['agency_name', 'text', ({ agency_id }) => names.get(agency_id ?? '') ?? ''],
    ['ended_at', 'text', cell('ended_at')],
    ['lacks', 'note', ({ codes }) => words.faults(codes ?? '')],
    ['fix', 'note', ({ codes, needs }) => words.needs(codes ?? '', needs ?? '')],
    ...original(book, 'needs'),
    ['file', 'text', cell('file')],
    ['line', 'count', cell('line')],
  ]);
}

function quarantineSheet(book: Book): BookSheet {
  const { words } = book;
  return table(book, 'quarantine', 'quarantine.csv', () => true, [
    ['file', 'text', cell('file')],
    ['line', 'count', cell('line')],
    ['column', 'text', ({ column }) => words.column(column ?? '')],
    ['fault', 'text', ({ code }) => words.faults(code ?? '')],
    ['value', 'text', cell('value')],
    ['fix', 'note', ({ code, message }) => words.needs(code ?? '', message ?? '')],
    ...original(book, 'message'),
  ]);
}

function noticeSheet(book: Book): BookSheet {
  const { words } = book;
  return table(book, 'notices', 'notices.csv', () => true, [
    ['severity', 'text', ({ severity }) => words.severity(severity ?? '')],
    ['notice', 'note', ({ code }) => words.notice(code ?? '')],
    ['subject', 'text', ({ code, subject }) => words.noticeSubject(code ?? '', subject ?? '')],
    ['count', 'count', cell('count')],
    ['value', 'text', ({ code, value }) => words.noticeValue(code ?? '', value ?? '')],
    ['file', 'text', cell('file')],
    ['fix', 'note', ({ code, message }) => words.noticeFix(code ?? '', message ?? '')],
    ...original(book, 'message'),
  ]);
}

const cell =
  (name: string) =>
  (row: CsvRow): string =>
    row[name] ?? '';

function original({ asked }: Book, name: string): Shown[] {
  return asked.language === 'en' ? [] : [['original', 'note', cell(name)]];
}

function table(
  book: Book,
  name: 'unsettled' | 'quarantine' | 'notices',
  file: string,
  isMeant: (row: CsvRow) => boolean,
  shown: readonly Shown[],
): BookSheet {
  const { words } = book;
  return {
    name: words.sheet(name),
    title: book.title(words.sheet(name)),
    remark: words.remark(name),
    columns: shown.map(([head, kind]) => ({ head: words.head(head), kind })),
    rows: cells(book, file, isMeant, shown),
    filter: true,
  };
}

async function* cells(
  { run }: Book,
  file: string,
  isMeant: (row: CsvRow) => boolean,
  shown: readonly Shown[],
): AsyncGenerator<Cell[]> {
  for await (const row of rowsIn(run.dir, file)) if (isMeant(row)) yield shown.map(([, , text]) => text(row));
}
