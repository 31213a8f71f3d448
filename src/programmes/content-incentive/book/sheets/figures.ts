import { Sum, sumOf } from '../../../../book/sum.js';
import type { BookedRun } from '../../../interface/book.js';
import type { IncentivePolicy } from '../../policy/to-policy.js';
import { anchorsOf, type Book, type CsvRow, rowsIn, unsettledOf } from '../read.js';
import type { Head } from '../words/heads.js';
import { ADDED_UP } from './amounts.js';
import { type Forfeit, forfeitsIn } from './forfeits.js';
import { ofAgency } from './tables.js';

/** What the summary says of a run, or of an agency in it. Amounts are CNY. */
export interface SummaryFigures {
  counts: Record<'anchors' | 'payable_anchors' | 'sessions' | 'valid_sessions' | 'unsettled_rows', number>;
  sums: Partial<Record<Head, string>>;
  /** What the daily caps withhold, by the day's highest quality level. */
  withheld: Map<string, string>;
  forfeits: Forfeit[];
  /** The amounts of `forfeits` are more than was forfeited: several reasons take the same. */
  overlap: boolean;
  adjustments: { lines: number; delta: string };
}

/** What of them whoever asks has read already, for the files that it stands in are large. */
type Read = Pick<SummaryFigures['counts'], 'sessions' | 'valid_sessions'> & Pick<SummaryFigures, 'withheld'>;

/** Of the book's own run, or of the one that it is compared with. */
export async function figuresOf(book: Book, other?: BookedRun, read?: Read): Promise<SummaryFigures> {
  const run = other ?? book.run;
  const anchors = other === undefined ? book.anchors : await anchorsOf(other, book.asked);
  const ids = new Set(anchors.map(({ anchor_id }) => anchor_id));
  const isMeant = ({ anchor_id }: CsvRow): boolean => book.asked.agency === undefined || ids.has(anchor_id);
  const sums = Object.fromEntries(
    ADDED_UP.map((name) => [name, sumOf(anchors.map((row) => row[name] ?? '0'))]),
  ) as SummaryFigures['sums'];
  const forfeits = forfeitsIn(anchors, run.policy as IncentivePolicy);
  return {
    counts: {
      anchors: anchors.length,
      payable_anchors: anchors.filter(({ status }) => status === 'payable').length,
      ...(read === undefined
        ? await sessionsOf(run, isMeant)
        : { sessions: read.sessions, valid_sessions: read.valid_sessions }),
      unsettled_rows: (await matching(run, 'unsettled.csv', unsettledOf(book.asked.agency, isMeant))).length,
    },
    sums,
    withheld: read?.withheld ?? (await withheldOf(run, isMeant)),
    forfeits,
    overlap: sumOf(forfeits.map(({ amount }) => amount)) !== sums.forfeited,
    adjustments: await adjustmentsOf(run, ofAgency(book)),
  };
}

async function sessionsOf({ dir }: BookedRun, isMeant: (row: CsvRow) => boolean) {
  const counts = { sessions: 0, valid_sessions: 0 };
  for await (const row of rowsIn(dir, 'sessions.csv')) {
    if (!isMeant(row)) continue;
    counts.sessions++;
    if (row.valid === 'Y') counts.valid_sessions++;
  }
  return counts;
}

async function withheldOf({ dir }: BookedRun, isMeant: (row: CsvRow) => boolean): Promise<Map<string, string>> {
  const sums = new Map<string, Sum>();
  for await (const row of rowsIn(dir, 'days.csv')) {
    if (!isMeant(row) || row.withheld === '0.00') continue;
    const level = row.top_level ?? '';
    const sum = sums.get(level) ?? new Sum();
    sums.set(level, sum);
    sum.add(row.withheld ?? '0');
  }
  return new Map([...sums].map(([level, sum]) => [level, sum.text(2)]));
}

async function adjustmentsOf(
  run: BookedRun,
  isMeant: (row: CsvRow) => boolean,
): Promise<SummaryFigures['adjustments']> {
  const rows = await matching(run, 'adjustments.csv', isMeant);
  return { lines: rows.length, delta: sumOf(rows.map(({ delta }) => delta ?? '0')) };
}

async function matching({ dir }: BookedRun, file: string, isMeant: (row: CsvRow) => boolean): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const row of rowsIn(dir, file)) if (isMeant(row)) rows.push(row);
  return rows;
}
