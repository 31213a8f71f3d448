import type { Programme } from '../programmes/interface/programme.js';
import type { Language } from '../words/said.js';

/** A status, reason, fault or cause as people read it: English by its code, Chinese by the programme's word for it. */
export function wordOf({ summary }: Pick<Programme, 'summary'>, code: string, language: Language): string {
  return language === 'zh' ? summary.chinese(code) : code;
}
