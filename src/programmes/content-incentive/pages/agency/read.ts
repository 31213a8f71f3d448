import { addDays } from '../../../../core/beijing.js';
import type { BookedRun } from '../../../interface/book.js';
import { type Book, type CsvRow, rowsIn } from '../../book/read.js';
import type { PenaltyRule } from '../../book/words/words.js';

/** A penalty that concerns an agency's anchors, and what it does. */
export interface HittingPenalty {
  row: CsvRow;
  /** Reasons of settlement.csv and sessions.csv that stand by it, in byte order; none where it counts nowhere. */
  reasons: string[];
}

/** What a run folder says of an agency beside what its report shows. */
export interface OfAgency {
  /** Days of which a cap withheld something. */
  capped: CsvRow[];
  penalties: HittingPenalty[];
  adjustments: CsvRow[];
}

export async function readAgency(book: Book, agency: string): Promise<OfAgency> {
  const isMeant = book.isMeant;
  const penalties = await matching(
    book.run,
    'inputs/penalties.csv',
    (row) => isMeant(row) || (agency !== '' && row.agency_id === agency),
  );
  const punished = new Set(
    penalties.flatMap(({ session_id, status }) => (status === 'revoked' || !session_id ? [] : [session_id])),
  );
  const sessions = await matching(
    book.run,
    'sessions.csv',
    (row) => isMeant(row) && punished.has(row.session_id ?? ''),
  );
  return {
    capped: await matching(book.run, 'days.csv', (row) => isMeant(row) && row.withheld !== '0.00'),
    penalties: penalties.map((row) => ({ row, reasons: reasonsOf(row, sessions, book) })),
    // By the agency of the line: of an anchor that has moved both agencies have theirs.
    adjustments: await matching(book.run, 'adjustments.csv', (row) => (row.agency_id ?? '') === agency),
  };
}

/** What an upheld penalty does: its session is invalid (C3), and rules that count its kind stand (C12, C13). */
function reasonsOf(row: CsvRow, sessions: readonly CsvRow[], { anchors, policy, run }: Book): string[] {
  const { kind = '', status, session_id = '', anchor_id = '' } = row;
  if (status === 'revoked') return [];
  const own = sessions.find((session) => session.session_id === session_id)?.reasons?.split(';') ?? [];
  const standing = new Set(
    anchors
      .filter((each) => anchor_id === '' || each.anchor_id === anchor_id)
      .flatMap(({ reasons = '' }) => reasons.split(';')),
  );
  const { from, to } = policy.period;
  const last = run.as_of < to ? run.as_of : to;
  const rules = policy.disqualification.penalties
    .filter((rule) => counts(rule, row, from, last))
    .map(({ id, of }) => (of === 'agency' ? `agency:${id}` : id));
  return [...own.filter((reason) => reason === `punished:${kind}`), ...rules.filter((id) => standing.has(id))].sort();
}

/** Whether a rule counts a penalty: its kind, on whom, and when (Beijing's dates). */
function counts({ kinds, of, within_days }: PenaltyRule, row: CsvRow, from: string, last: string): boolean {
  const date = (row.penalized_at ?? '').slice(0, 10);
  const first = within_days === null ? from : addDays(last, 1 - within_days);
  const isOn = of === 'agency' ? row.agency_id !== '' : row.anchor_id !== '';
  return isOn && kinds.includes(row.kind ?? '') && first <= date && date <= last;
}

async function matching({ dir }: BookedRun, file: string, isMeant: (row: CsvRow) => boolean): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const row of rowsIn(dir, file)) if (isMeant(row)) rows.push(row);
  return rows;
}
