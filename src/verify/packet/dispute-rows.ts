import { readRecords } from '../csv.js';
import type { Differences } from '../differences.js';
import { isDay, isId, isTime } from '../forms.js';
import { type PacketData, RUN_FACTS } from './packet-data.js';

/** What was disputed of a period, and what was answered: a file of packets alone, which no run folder has. */
export const DISPUTE_ROWS = 'disputes.csv';
export const DISPUTE_COLUMNS = [
  ...['dispute_id', 'received_at', 'run_id', 'anchor_id', 'session_id', 'date', 'claim'],
  ...['answered_at', 'answered_by', 'accepted', 'answer', 'rows', 'paying_run_id'],
] as const;

export type DisputeRow = Record<(typeof DISPUTE_COLUMNS)[number], string>;

const RUN_ID = /^\d{4}-\d{2}-\d{2}-[0-9a-f]{16}$/;

/** Disputes change no figure: each has its form, stands in its anchor's group, and is answered whole or not at all. */
export function checkDisputes({ shared, groups }: PacketData, differences: Differences): void {
  const header = shared.files.find(({ file }) => file === DISPUTE_ROWS)?.records[0];
  if (header === undefined) return;
  differences.compare(DISPUTE_ROWS, '', '', header, DISPUTE_COLUMNS.join());
  const facts = new Map(
    shared.files.find(({ file }) => file === RUN_FACTS)?.records.map((record) => record.split(',') as [string, string]),
  );
  const period = { from: facts.get('period_from') ?? '', to: facts.get('period_to') ?? '' };
  const seen = new Set<string>();
  for (const { anchor, files } of groups) {
    let before = '';
    for (const record of files.find(({ file }) => file === DISPUTE_ROWS)?.records ?? []) {
      const row = disputeRow(record);
      if (row === undefined) {
        differences.add(DISPUTE_ROWS, record.split(',')[0] ?? '', '', record, 'a cell for each column');
        continue;
      }
      const { dispute_id: id } = row;
      for (const [column, expected] of wrongIn(row, anchor, period))
        differences.add(DISPUTE_ROWS, id, column, row[column], expected);
      const place = `${row.received_at} ${id}`;
      if (seen.has(id)) differences.add(DISPUTE_ROWS, id, 'dispute_id', 'another row', 'each dispute once');
      if (place < before) differences.add(DISPUTE_ROWS, id, '', `after ${before}`, 'sorted');
      seen.add(id);
      before = place;
    }
  }
}

/** The cells of a record by their columns; undefined where it is none. */
export function disputeRow(record: string): DisputeRow | undefined {
  const [cells = [], ...more] = readRecords(`${record}\n`, 1).records.map((each) => each.record);
  if (cells.length !== DISPUTE_COLUMNS.length || more.length > 0) return undefined;
  return Object.fromEntries(DISPUTE_COLUMNS.map((name, at) => [name, cells[at] ?? ''])) as DisputeRow;
}

type Wrong = [column: keyof DisputeRow, expected: string];

function wrongIn(row: DisputeRow, anchor: string, { from, to }: { from: string; to: string }): Wrong[] {
  const { dispute_id, received_at, run_id, anchor_id, session_id, date, claim } = row;
  const wrong: Wrong[] = [];
  const ask = (column: keyof DisputeRow, holds: boolean, expected: string): void => {
    if (!holds) wrong.push([column, expected]);
  };
  ask('dispute_id', /^[0-9a-f]{16}$/.test(dispute_id), '16 hexadecimal digits');
  ask('received_at', isTime(received_at), 'a time');
  ask('run_id', RUN_ID.test(run_id), 'the id of a run');
  ask('anchor_id', anchor_id === anchor && isId(anchor), anchor || 'the anchor of its group');
  ask('session_id', session_id === '' || isId(session_id), 'an id');
  ask('session_id', (session_id === '') !== (date === ''), 'a session, or else a date');
  ask('date', date === '' || (isDay(date) && date >= from && date <= to), `a date from ${from} to ${to}`);
  ask('claim', claim !== '', 'what is wrong');
  const { answered_at, answered_by, accepted, answer, rows, paying_run_id } = row;
  if (answered_at === '') {
    for (const [column, cell] of Object.entries({ answered_by, accepted, answer, rows, paying_run_id }))
      ask(column as keyof DisputeRow, cell === '', 'nothing, as nobody has answered');
    return wrong;
  }
  ask('answered_at', isTime(answered_at), 'a time');
  ask('answered_by', answered_by !== '', 'a name');
  ask('answer', answer !== '', 'what was answered');
  ask('accepted', accepted === 'Y' || accepted === 'N', 'Y or N');
  ask(
    'paying_run_id',
    accepted === 'Y' ? RUN_ID.test(paying_run_id) : paying_run_id === '',
    accepted === 'Y' ? 'the run that pays' : 'nothing, as it is refused',
  );
  return wrong;
}
