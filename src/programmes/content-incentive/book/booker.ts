import { SettleError } from '../../../core/errors.js';
import type { Booker } from '../../interface/book.js';
import { readBook } from './read.js';
import { agencySheet } from './sheets/agencies.js';
import { leftOutSheets } from './sheets/left-out.js';
import { policySheet } from './sheets/policy.js';
import { summarySheet } from './sheets/summary.js';
import { adjustmentSheet, anchorSheet, daySheet, sessionSheet } from './sheets/tables.js';
import { wordsIn } from './words/words.js';

/** The workbook of a run of the incentive. */
export const BOOKER: Booker = {
  title: (run, { language, agency }) => wordsIn(language).title('', run, agency).join(' · '),
  sheets: async (run, asked) => {
    const book = await readBook(run, asked);
    if (asked.agency !== undefined && book.anchors.length === 0) throw noSuchAgency(asked.agency, run.run_id);
    return [
      await summarySheet(book),
      await agencySheet(book),
      anchorSheet(book),
      daySheet(book),
      sessionSheet(book),
      ...(run.restated ? [adjustmentSheet(book)] : []),
      ...leftOutSheets(book),
      policySheet(book),
    ];
  },
};

function noSuchAgency(agency: string, run: string): SettleError {
  const whose = agency === '' ? 'independent anchor' : `anchor of agency ${agency}`;
  return new SettleError('usage', `run ${run} has no ${whose}`, {
    mend: 'Give an agency_id of settlement.csv, or _independent for anchors that have none.',
  });
}
