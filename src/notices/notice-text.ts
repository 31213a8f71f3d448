import { readable } from '../core/money.js';
import { subjectZh, valueZh } from '../programmes/exports/notices-zh.js';
import { type Language, withValues } from '../words/said.js';
import { say } from '../words/say.js';
import { NOTICE_CODES } from './codes.js';
import type { Notice } from './notice.js';

/** What a notice says: in English as it stands in its file, in Chinese by its code and cells. */
export function noticeText(notice: Notice, language: Language): string {
  const words = language === 'zh' ? NOTICE_CODES[notice.code]?.chinese : undefined;
  if (words === undefined) return notice.message;
  return `${withValues(words.message, cellsOf(notice, words.message), language)}。${words.fix}。`;
}

/** How to fix what notices of a code are about. */
export function noticeFix(code: string, language: Language): string {
  const known = NOTICE_CODES[code];
  if (known === undefined) return '';
  return language === 'zh' ? `${known.chinese.fix}。` : known.fix;
}

const LONGEST = 80;

/** Its cells by name, each cut where a person stops reading; in two parts where the words speak of two. */
function cellsOf({ code, file, subject, count, value }: Notice, message: string): Record<string, string> {
  const cells = {
    file,
    subject: subjectZh(code, subject),
    value: valueZh(code, value),
    count: count === null ? '' : readable(String(count)),
  };
  const named = Object.entries(cells).flatMap(([name, cell]): [string, string][] => {
    const at = message.includes(`{${name}2}`) ? cell.lastIndexOf(';') : -1;
    if (at < 0) return [[name, cell]];
    return [
      [name, cell.slice(0, at)],
      [`${name}2`, cell.slice(at + 1)],
    ];
  });
  return Object.fromEntries(named.map(([name, cell]) => [name, cell === '' ? say('none').in('zh') : shortened(cell)]));
}

function shortened(cell: string): string {
  return cell.length > LONGEST ? `${cell.slice(0, LONGEST)}…` : cell;
}
