import { SettleError } from '../core/errors.js';

/** English, or Chinese as finance writes it. */
export type Language = 'en' | 'zh';

const LANGUAGES: readonly string[] = ['en', 'zh'] satisfies Language[];

/** What is asked for; else what the environment says, the first of POSIX' three that says anything. */
export function languageOf(asked: string | undefined, environment: NodeJS.ProcessEnv): Language {
  if (asked === undefined) {
    const { LC_ALL, LC_MESSAGES, LANG } = environment;
    return /^zh/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'zh' : 'en';
  }
  if (LANGUAGES.includes(asked)) return asked as Language;
  throw new SettleError('usage', `--lang ${asked} is not a known language`, {
    mend: `Give ${LANGUAGES.map((each) => `--lang ${each}`).join(' or ')}.`,
  });
}
