import type { BookSheet } from '../../book/sheet.js';
import type { BudgetState } from '../../core/budget.js';
import type { Language } from '../../text/language.js';
import type { Policy } from './policy.js';

/** A published run, as a book says which it is. */
export interface BookedRun {
  dir: string;
  run_id: string;
  policy: Policy;
  as_of: string;
  /** A closed period is settled again, and there are adjustments. */
  restated: boolean;
  /** null: nobody has closed it. */
  closed: { revision: number; by: string; at: string } | null;
  /** The month's budget beside its total; undefined: settle.yaml says none. */
  budget?: BudgetState | undefined;
}

export interface BookAsked {
  language: Language;
  /** One agency's part; blank: the anchors that have none. */
  agency: string | undefined;
  /** Another month, for comparison. */
  against: BookedRun | undefined;
}

/** How a programme shows a run in a workbook. */
export interface Booker {
  /** The sheets in their order, from the files of the run folder alone. Throws `usage` where there is nothing to show. */
  sheets: (run: BookedRun, asked: BookAsked) => Promise<BookSheet[]>;
  /** The book's name for its readers, e.g. of the properties. */
  title: (run: BookedRun, asked: BookAsked) => string;
}
