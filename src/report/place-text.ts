import type { Notice } from '../notices/notice.js';
import { printableLine } from '../text/terminal.js';

/** Entries of the folder that are not exports and do no harm, in one line; none where there are none. */
export function harmlessLine(place: readonly Notice[]): string[] {
  const harmless = place.filter(({ code, severity }) => code === 'file_ignored' && severity === 'info');
  return harmless.length === 0 ? [] : [`ignored: ${harmless.map(({ file }) => printableLine(file)).join(', ')}`];
}
