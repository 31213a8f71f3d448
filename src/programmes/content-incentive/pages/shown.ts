import type { Bilingual, PageText } from '../../../page/model.js';
import type { BookedRun } from '../../interface/book.js';
import type { ReportAsked } from '../../interface/pages.js';
import { type Book, readBook } from '../book/read.js';
import { type Words, wordsIn } from '../book/words/words.js';

/** A run that is shown on a page: what a book reads of it, and words of both languages. */
export interface PageRun {
  book: Book;
  /** The same in both languages. */
  both: (say: (words: Words) => string) => PageText;
  /** An agency's name, where an export gave one; else its id. */
  agency: (id: string) => PageText;
}

const WORDS = { en: wordsIn('en'), zh: wordsIn('zh') };

export function both(say: (words: Words) => string): Bilingual {
  return [say(WORDS.en), say(WORDS.zh)];
}

export async function readShown(run: BookedRun, asked: ReportAsked): Promise<PageRun> {
  const book = await readBook(run, { ...asked, language: 'zh' });
  return { book, both, agency: (id) => (id === '' ? both((words) => words.agency('')) : id) };
}

/** A name within a longer text: marks that turn the direction of writing around would turn the rest around too. */
export function withinText(name: string): string {
  return name.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}
