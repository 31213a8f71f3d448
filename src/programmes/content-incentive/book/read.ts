import type { BookSheet } from '../../../book/sheet.js';
import { SettleError } from '../../../core/errors.js';
import type { BookAsked, BookedRun } from '../../interface/book.js';
import { agencyNames, type CsvRow, rowsIn } from '../months/rows.js';
import type { IncentivePolicy } from '../policy/to-policy.js';
import { sayIncentive as say } from '../words/say.js';
import { type Words, wordsIn } from './words/words.js';

export { type CsvRow, rowsIn };

/** Everything that the sheets of a book have in common. */
export interface Book {
  run: BookedRun;
  asked: BookAsked;
  policy: IncentivePolicy;
  words: Words;
  /** Of settlement.csv, as far as they are asked for. */
  anchors: readonly CsvRow[];
  /** Names of agencies by their ids; of an agency that no export names there is none. */
  names: ReadonlyMap<string, string>;
  /** Whether a row of a file is of what is asked for, by its anchor. */
  isMeant: (row: CsvRow) => boolean;
  /** The two lines above a sheet. */
  title: (name: string) => BookSheet['title'];
}

/** Throws `usage` where an agency is asked for that the run doesn't have. */
export async function readBook(run: BookedRun, asked: BookAsked): Promise<Book> {
  const words = wordsIn(asked.language);
  const anchors = await anchorsOf(run, asked);
  if (asked.agency !== undefined && anchors.length === 0) throw noSuchAgency(asked.agency, run.run_id);
  const names = await agencyNames(run.dir);
  const ids = new Set(anchors.map(({ anchor_id }) => anchor_id));
  return {
    run,
    asked,
    policy: run.policy as IncentivePolicy,
    words,
    anchors,
    names,
    isMeant: ({ anchor_id }) => asked.agency === undefined || ids.has(anchor_id),
    title: (name) => words.title(name, run, asked.agency, names.get(asked.agency ?? '')),
  };
}

/** The rows of settlement.csv, of all agencies or of one. */
export async function anchorsOf({ dir }: BookedRun, { agency }: BookAsked): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const row of rowsIn(dir, 'settlement.csv')) {
    if (agency === undefined || row.agency_id === agency) rows.push(row);
  }
  return rows;
}

/** Whether a row of unsettled.csv is of what is asked for: by its agency, or of independent anchors by its anchor. */
export function unsettledOf(agency: string | undefined, isMeant: (row: CsvRow) => boolean): (row: CsvRow) => boolean {
  if (agency === undefined) return () => true;
  return agency === '' ? isMeant : (row) => row.agency_id === agency;
}

function noSuchAgency(agency: string, run: string): SettleError {
  const said =
    agency === ''
      ? say('run {run} has no independent anchor', { run })
      : say('run {run} has no anchor of agency {agency}', { run, agency });
  return new SettleError('usage', said, {
    mend: say('Give an agency_id of settlement.csv, or _independent for anchors that have none.'),
  });
}
