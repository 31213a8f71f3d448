import { SettleError } from '../core/errors.js';
import type { Language } from '../words/said.js';
import { say } from '../words/say.js';

export type { Language };

const LANGUAGES: readonly string[] = ['en', 'zh'] satisfies Language[];

/** What is asked for; else what the environment says, the first of POSIX' three that says anything. */
export function languageOf(asked: string | undefined, environment: NodeJS.ProcessEnv): Language {
  if (asked === undefined) {
    const { LC_ALL, LC_MESSAGES, LANG } = environment;
    return /^zh/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'zh' : 'en';
  }
  if (LANGUAGES.includes(asked)) return asked as Language;
  throw new SettleError('usage', say('--lang {asked} is not a known language', { asked }), {
    mend: say('Give --lang en or --lang zh.'),
  });
}
