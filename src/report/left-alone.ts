import type { LoadReport } from '../load/load.js';
import { printableLine } from '../text/terminal.js';
import type { Language } from '../words/said.js';
import { tellIn } from '../words/say.js';

/** Names once what lies among the exports and is ignored: a line, or nothing. */
export function leftAlone({ others }: Pick<LoadReport, 'others'>, language: Language = 'en'): string[] {
  return others.length === 0
    ? []
    : [tellIn(language)('ignored (not exports): {others}', { others: others.map(printableLine) })];
}
