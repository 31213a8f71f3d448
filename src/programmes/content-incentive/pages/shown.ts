import type { PageText } from '../../../page/model.js';
import type { BookedRun } from '../../interface/book.js';
import type { ReportAsked } from '../../interface/pages.js';
import { type Book, readBook } from '../book/read.js';
import type { Words } from '../book/words/words.js';
import { both } from './both.js';

export { both, withinText } from './both.js';

/** A run that is shown on a page: what a book reads of it, and words of both languages. */
export interface PageRun {
  book: Book;
  /** The same in both languages. */
  both: (say: (words: Words) => string) => PageText;
  /** An agency's name, where an export gave one; else its id. */
  agency: (id: string) => PageText;
}

export async function readShown(run: BookedRun, asked: ReportAsked): Promise<PageRun> {
  const book = await readBook(run, { ...asked, language: 'zh' });
  return { book, both, agency: (id) => (id === '' ? both((words) => words.agency('')) : id) };
}
