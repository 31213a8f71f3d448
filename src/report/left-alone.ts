import type { LoadReport } from '../load/load.js';
import { printableLine } from '../text/terminal.js';

/** Names once what lies among the exports and is ignored: a line, or nothing. */
export function leftAlone({ others }: Pick<LoadReport, 'others'>): string[] {
  return others.length === 0 ? [] : [`ignored (not exports): ${others.map(printableLine).join(', ')}`];
}
