import type { Language } from '../../../words/said.js';
import { sayerOf, type Teller, tellerOf } from '../../../words/sayer.js';
import { INCENTIVE_ZH } from './zh.js';

/** What this programme says of its own. */
export const sayIncentive = sayerOf(INCENTIVE_ZH);

/** The same in one language. */
export function tellIncentive(language: Language | undefined): Teller<keyof typeof INCENTIVE_ZH & string> {
  return tellerOf(sayIncentive, language ?? 'en');
}
