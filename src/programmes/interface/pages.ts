import type { Page } from '../../page/model.js';
import type { BookedRun } from './book.js';

export interface ReportAsked {
  /** One agency's part; blank: the anchors that have none. */
  agency: string | undefined;
  /** Another month, for comparison. */
  against: BookedRun | undefined;
}

/** How a programme shows a run on a page, in two languages at once. */
export interface Pages {
  /** The whole run, from the files of its folder alone. Throws `usage` where there is nothing to show. */
  report: (run: BookedRun, asked: ReportAsked) => Promise<Page>;
}
