import { SettleError } from '../../../../core/errors.js';
import type { BookedRun } from '../../../interface/book.js';
import { type CsvRow, rowsIn } from '../../book/read.js';
import { sayIncentive as say } from '../../words/say.js';

/** All that a run folder says of one anchor. */
export interface OfAnchor {
  /** Its row of settlement.csv; undefined where none of its sessions is settled. */
  row: CsvRow | undefined;
  /** Its row of inputs/anchors.csv, where there is one. */
  master: CsvRow | undefined;
  /** The name of its agency, where an export gave one. */
  agencyName: string;
  days: CsvRow[];
  sessions: CsvRow[];
  /** On it, its sessions or its agency. */
  penalties: CsvRow[];
  /** Why it earns nothing, and when (P6). */
  ineligible: CsvRow[];
  unsettled: CsvRow[];
  adjustments: CsvRow[];
}

export async function readAnchor({ dir, run_id }: BookedRun, anchor: string): Promise<OfAnchor> {
  const own = (file: string): Promise<CsvRow[]> => matching(dir, file, (row) => row.anchor_id === anchor);
  const [row] = await sortedRows(dir, 'settlement.csv', anchor);
  const [master] = await own('inputs/anchors.csv');
  const unsettled = await own('unsettled.csv');
  const adjustments = await adjustmentsOf(dir, anchor);
  if (row === undefined && unsettled.length === 0 && adjustments.length === 0) throw noSuchAnchor(run_id, anchor);
  const agency = row?.agency_id ?? unsettled[0]?.agency_id ?? '';
  const [named] = agency === '' ? [] : await matching(dir, 'inputs/agencies.csv', (each) => each.agency_id === agency);
  return {
    row,
    master,
    agencyName: named?.name ?? '',
    days: await sortedRows(dir, 'days.csv', anchor),
    sessions: await sortedRows(dir, 'sessions.csv', anchor),
    penalties: await matching(
      dir,
      'inputs/penalties.csv',
      ({ anchor_id, agency_id }) => anchor_id === anchor || (agency !== '' && agency_id === agency),
    ),
    ineligible: await sortedRows(dir, 'inputs/ineligible.csv', anchor),
    unsettled,
    adjustments,
  };
}

/** What a closed revision paid the anchor: its row of settlement.csv. */
export async function closedRow(dir: string, anchor: string): Promise<CsvRow | undefined> {
  return (await sortedRows(dir, 'settlement.csv', anchor))[0];
}

/** The anchor's lines of adjustments.csv; none where the run restates nothing, or nothing of the anchor. */
export function adjustmentsOf(dir: string, anchor: string): Promise<CsvRow[]> {
  return sortedRows(dir, 'adjustments.csv', anchor);
}

/** Of a file that is sorted by anchor: what lies behind isn't read. */
async function sortedRows(dir: string, file: string, anchor: string): Promise<CsvRow[]> {
  const found: CsvRow[] = [];
  for await (const row of rowsIn(dir, file)) {
    if (row.anchor_id === anchor) found.push(row);
    else if ((row.anchor_id ?? '') > anchor) break;
  }
  return found;
}

async function matching(dir: string, file: string, isMeant: (row: CsvRow) => boolean): Promise<CsvRow[]> {
  const found: CsvRow[] = [];
  for await (const row of rowsIn(dir, file)) if (isMeant(row)) found.push(row);
  return found;
}

function noSuchAnchor(run_id: string, anchor: string): SettleError {
  return new SettleError('usage', say('the files of run {run_id} have no session of {anchor}', { run_id, anchor }), {
    mend: say('Give an anchor_id of settlement.csv or unsettled.csv. Rows that show no anchor are in quarantine.csv.'),
  });
}
