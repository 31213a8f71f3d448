import type { Page, PageSection } from '../../page/model.js';
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

/** What of an anchor was closed before, and what is to be paid now, line by line; of a run that restates nothing, nothing. */
export interface PaidBefore {
  sections: PageSection[];
  answer: object;
}

export interface AgencyAsked {
  /** Blank: the anchors that have none. */
  agency: string;
  /** From the first on; none where the run restates nothing. */
  earlier: readonly Earlier[];
}

/** How an agency's amount comes about, as a page for people and as an object for programs. */
export interface AgencyExplained {
  page: Page;
  answer: object;
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
  paid: (run: BookedRun, asked: StatementAsked) => Promise<PaidBefore>;
  /** What became of one of whom the rows are, where the programme pays nobody; undefined where anchors are explained. */
  subject?: (run: BookedRun, asked: { id: string }) => Promise<AgencyExplained>;
  /** Throws `usage` where the run has no anchor of the agency. */
  agency: (run: BookedRun, asked: AgencyAsked) => Promise<AgencyExplained>;
}
