import type { Notice } from '../notices/notice.js';
import { printableLine } from '../text/terminal.js';
import type { Language } from '../words/said.js';
import { tellIn } from '../words/say.js';

/** Entries of the folder that are not exports and do no harm, in one line; none where there are none. */
export function harmlessLine(place: readonly Notice[], language: Language = 'en'): string[] {
  const harmless = place.filter(({ code, severity }) => code === 'file_ignored' && severity === 'info');
  if (harmless.length === 0) return [];
  return [tellIn(language)('ignored: {files}', { files: harmless.map(({ file }) => printableLine(file)) })];
}
