import type { Bilingual } from '../../../page/model.js';
import { type Words, wordsIn } from '../book/words/words.js';

const WORDS = { en: wordsIn('en'), zh: wordsIn('zh') };

/** What is said in both languages. */
export function both(say: (words: Words) => string): Bilingual {
  return [say(WORDS.en), say(WORDS.zh)];
}

/** A name within a longer text: marks that turn the direction of writing around would turn the rest around too. */
export function withinText(name: string): string {
  return name.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}
