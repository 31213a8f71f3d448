import type { Page } from '../../page/model.js';
import type { BookedRun } from './book.js';

export interface ReportAsked {
  /** One agency's part; blank: the anchors that have none. */
  agency: string | undefined;
  /** Another month, for comparison. */
  against: BookedRun | undefined;
}

/** A closed revision before the run. */
export interface Earlier {
  dir: string;
  run_id: string;
  revision: number;
  by: string;
  /** Beijing. */
  at: string;
}

export interface StatementAsked {
  anchor: string;
  /** From the first on; none where the run restates nothing. */
  earlier: readonly Earlier[];
}

/** What one anchor is paid, for people. */
export interface Statement {
  page: Page;
  /** null: nothing of the anchor is settled in the run. */
  status: string | null;
  /** CNY. */
  total: string;
}

/** How a programme shows a run on a page, in two languages at once. */
export interface Pages {
  /** The whole run, from the files of its folder alone. Throws `usage` where there is nothing to show. */
  report: (run: BookedRun, asked: ReportAsked) => Promise<Page>;
  /** One anchor of it. Throws `usage` where the run knows no such anchor. */
  statement: (run: BookedRun, asked: StatementAsked) => Promise<Statement>;
}
