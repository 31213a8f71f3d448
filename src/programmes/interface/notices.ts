import type { NoticeWords } from '../../words/notice-words.js';

/** May money be wrong, or is it only good to know. */
export type Severity = 'attention' | 'info';

/** What is known of a notice's code before any notice of it. */
export interface NoticeCode {
  /** Seen in the rows that were settled, by a load in its files, or in the folder on the day. */
  scope: 'rows' | 'load' | 'place';
  /** The contract's, where nothing makes it graver; the settings may lower it. */
  severity: Severity;
  /** What to do about it, for whoever reads a heading with several notices below. */
  fix: string;
  /** The same in Chinese, and what its message says there. */
  chinese: NoticeWords;
}
