import Table from 'cli-table3';
import { readable } from '../core/money.js';
import type { Difference } from '../verify/differences.js';

/** So many differences a table shows. */
export const SHOWN = 50;

/** The first differences, as a table. */
export function differenceTable(differences: readonly Difference[]): string {
  const table = new Table({
    head: ['file', 'key', 'column', 'found', 'expected', 'clause'],
    style: { head: [], border: [] },
    wordWrap: true,
  });
  for (const { file, key, column, found, expected, clause } of differences.slice(0, SHOWN)) {
    table.push([file, key, column, found, expected, clause ?? ''].map(printable));
  }
  return table.toString();
}

/** `3 differences` */
export function differencesIn(count: number): string {
  return `${readable(String(count))} ${count === 1 ? 'difference' : 'differences'}`;
}

/** A cell of a tampered file must not move the cursor. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\u{fffd}').slice(0, 120);
}
