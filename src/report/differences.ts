import Table from 'cli-table3';
import { countOf } from '../text/count.js';
import type { Difference } from '../verify/differences.js';
import type { Language, Said } from '../words/said.js';
import { tellIn } from '../words/say.js';

/** So many differences a table shows. */
export const SHOWN = 50;

/** The first differences, as a table. */
export function differenceTable(differences: readonly Difference[], language: Language = 'en'): string {
  const tell = tellIn(language);
  const table = new Table({
    head: [tell('file'), tell('key'), tell('column'), tell('found'), tell('expected'), tell('clause')],
    style: { head: [], border: [] },
    wordWrap: true,
  });
  for (const { file, key, column, found, expected, clause } of differences.slice(0, SHOWN)) {
    table.push([file, key, column, found, expected, clause ?? ''].map(printable));
  }
  return table.toString();
}

/** `3 differences` */
export function differencesIn(count: number): Said {
  return countOf(count, '{n} difference', '{n} differences');
}

/** A cell of a tampered file must not move the cursor. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\u{fffd}').slice(0, 120);
}
