import type { Bilingual } from '../../page/model.js';
import { type Said, saidBy } from '../../words/said.js';
import type { Listing } from './lists.js';

/** What is said in both languages, as a message. */
export function saidBoth([en, zh]: Bilingual): Said {
  return saidBy((language) => (language === 'zh' ? zh : en));
}

/** A cell of codes in words; a code that nobody knows stands as it is. */
export function codesSaid(cell: string, { codes }: Pick<Listing, 'codes'>): Bilingual {
  const words = cell.split(';').map((code): Bilingual => codes[code]?.words ?? [code, code]);
  return [words.map(([en]) => en).join('; '), words.map(([, zh]) => zh).join('；')];
}
