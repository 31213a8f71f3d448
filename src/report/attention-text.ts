import { readable } from '../core/money.js';
import type { Notice } from '../notices/notice.js';
import { noticeFix, noticeText } from '../notices/notice-text.js';
import { printableLine } from '../text/terminal.js';
import { joined, type Language } from '../words/said.js';
import { tellIn } from '../words/say.js';

/** Messages of one code that are shown; the rest is in notices.csv. */
const MOST = 3;
/** Of the rest, so many are named. */
const NAMED = 20;

/** Attention notices as people read them: by code, each with what it says, and how to fix what the code is about. */
export function attentionLines(notices: readonly Notice[], language: Language = 'en'): string[] {
  const tell = tellIn(language);
  const codes = [...new Set(notices.map(({ code }) => code))];
  return codes.flatMap((code) => {
    const all = notices.filter((notice) => notice.code === code);
    const shown = all.slice(0, MOST).map((notice) => {
      return tell('  {code}: {message}', { code, message: printableLine(noticeText(notice, language)) });
    });
    const more = all.length - shown.length;
    if (more <= 0) return shown;
    const rest = all.slice(MOST).map(({ file, subject }) => [file, subject].filter(Boolean).join(', '));
    const some = joined(rest.slice(0, NAMED).map(printableLine), '; ', '；').in(language);
    const named = `${some}${more > NAMED ? ' …' : ''}`;
    const values = { code, more: readable(String(more)), named, fix: noticeFix(code, language) };
    return [...shown, tell('  {code}: and {more} more ({named}). {fix}', values)];
  });
}
