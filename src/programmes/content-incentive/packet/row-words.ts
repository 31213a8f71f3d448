import type { PageText } from '../../../page/model.js';
import { both } from '../pages/both.js';
import { SESSION_REASONS } from '../policy/reasons.js';
import type { IncentivePolicy } from '../policy/to-policy.js';
import type { PacketRow } from './packet-page.js';

/** What cells of a packet's rows say, in words; a packet has thousands of them and few different ones. */

function known(say: (text: string) => PageText): (text: string) => PageText {
  const said = new Map<string, PageText>();
  return (text) => {
    const found = said.get(text) ?? say(text);
    said.set(text, found);
    return found;
  };
}

export const flagText = known((flag) => both((words) => words.flag(flag)));
export const kindText = known((kind) => both((words) => words.kinds([kind])));
export const faultText = known((codes) => both((words) => words.faults(codes)));

/** Why a session isn't paid, each reason with its clause, and the penalties that are on it. */
export function reasonTexts(
  policy: IncentivePolicy,
  penalties: readonly PacketRow[],
): (session: PacketRow) => PageText {
  const reasons = known((codes) =>
    codes === ''
      ? ''
      : both((words) =>
          codes
            .split(';')
            .map((code) => words.reasons(code, policy) + clauseOf(code, words.zh))
            .join(words.zh ? '；' : '; '),
        ),
  );
  const onSession = new Map<string, string[]>();
  for (const { session_id = '', penalty_id = '', status } of penalties) {
    if (session_id === '' || status === 'revoked') continue;
    onSession.set(session_id, [...(onSession.get(session_id) ?? []), penalty_id]);
  }
  return ({ session_id = '', reasons: codes = '' }) => {
    const said = reasons(codes);
    const ids = onSession.get(session_id)?.join(', ');
    if (ids === undefined) return said;
    const [english, chinese] = typeof said === 'string' ? [said, said] : said;
    const joined = (text: string, mark: string): string => (text === '' ? ids : `${text}${mark}${ids}`);
    return [joined(english, '; '), joined(chinese, '；')];
  };
}

function clauseOf(code: string, zh: boolean): string {
  const clause = SESSION_REASONS.find(({ reason }) => reason === code.split(':')[0])?.clause;
  if (clause === undefined) return '';
  return zh ? `（${clause}）` : ` (${clause})`;
}

/** Stands for an id of somebody else. */
const WITHHELD = 'withheld';
const WITHHELD_WORDS: PageText = ['withheld: of somebody else', '他方信息，不予列示'];

/** A cell of a notice; what names others says that it does. With a code, in Chinese what to do about it. */
export function noticeTexts(text: string, code = ''): PageText {
  if (text === WITHHELD) return WITHHELD_WORDS;
  if (code !== '') return both((words) => (words.zh ? words.noticeFix(code, text) : text));
  if (!text.includes(WITHHELD)) return text;
  const [english, chinese] = WITHHELD_WORDS as readonly [string, string];
  return [text.replaceAll(WITHHELD, english), text.replaceAll(WITHHELD, chinese)];
}
