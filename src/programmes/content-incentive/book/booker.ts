import type { Booker } from '../../interface/book.js';
import { readBook } from './read.js';
import { agencySheet } from './sheets/agencies.js';
import { changeSheets } from './sheets/changes.js';
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
    return [
      await summarySheet(book),
      await agencySheet(book),
      ...(asked.against === undefined ? [] : await changeSheets(book, asked.against)),
      anchorSheet(book),
      daySheet(book),
      sessionSheet(book),
      ...(run.restated ? [adjustmentSheet(book)] : []),
      ...leftOutSheets(book),
      policySheet(book),
    ];
  },
};
