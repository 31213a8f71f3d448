import type { Language } from './said.js';
import { sayerOf, type Teller, tellerOf } from './sayer.js';
import { ZH } from './zh/zh.js';

/** What the program says, but for what a programme says of its own. */
export type Template = keyof typeof ZH & string;

/** Says a template with its values: `say('there is no run {run}', { run })`. */
export const say = sayerOf(ZH);

/** The same in one language. */
export function tellIn(language: Language | undefined): Teller<Template> {
  return tellerOf(say, language ?? 'en');
}
