import { readable } from '../core/money.js';
import { NOTICE_CODES } from '../notices/codes.js';
import type { Notice } from '../notices/notice.js';
import { printableLine } from '../text/terminal.js';

/** Messages of one code that are shown; the rest is in notices.csv. */
const MOST = 3;
/** Of the rest, so many are named. */
const NAMED = 20;

/** Attention notices as people read them: by code, each with what it says, and how to fix what the code is about. */
export function attentionLines(notices: readonly Notice[], most = MOST): string[] {
  const codes = [...new Set(notices.map(({ code }) => code))];
  return codes.flatMap((code) => {
    const all = notices.filter((notice) => notice.code === code);
    const shown = all.slice(0, most).map(({ message }) => `  ${code}: ${printableLine(message)}`);
    const more = all.length - shown.length;
    if (more <= 0) return shown;
    const rest = all.slice(most).map(({ file, subject }) => [file, subject].filter(Boolean).join(', '));
    const named = `${rest.slice(0, NAMED).map(printableLine).join('; ')}${more > NAMED ? ' …' : ''}`;
    return [...shown, `  ${code}: and ${readable(String(more))} more (${named}). ${NOTICE_CODES[code]?.fix ?? ''}`];
  });
}
