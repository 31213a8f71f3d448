import type { LoadReport } from '../load/load.js';
import { printableLine } from '../terminal.js';

/** Names once what lies among the exports and is none: a line, or nothing. */
export function leftAlone({ others }: Pick<LoadReport, 'others'>): string[] {
  return others.length === 0 ? [] : [`left alone, no exports: ${others.map(printableLine).join(', ')}`];
}
