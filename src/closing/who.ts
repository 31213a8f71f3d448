import { SettleError } from '../core/errors.js';
import { say } from '../words/say.js';

const LONGEST_NAME = 128;
const LONGEST_REASON = 1024;

/** A character that shows something; the braille blank has no dot. */
const SHOWN = /[^\s\p{C}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Whoever decides is named, in characters that can be shown. */
export function refuseUnnamed(by: string): void {
  if (SHOWN.test(by) && by.length <= LONGEST_NAME && !/\p{Cc}/u.test(by)) return;
  throw new SettleError('usage', say('--by is not a name'), {
    mend: say('Give a name in at most {LONGEST_NAME} characters.', { LONGEST_NAME }),
  });
}

/** A reason is kept with what was decided: it says something, on one line. */
export function refuseUnnamedReason(flag: string, reason: string): void {
  if (SHOWN.test(reason) && reason.length <= LONGEST_REASON && !/\p{Cc}/u.test(reason)) return;
  throw new SettleError('usage', say('{flag} gives no reason', { flag }), {
    mend: say('Give the reason in words, in at most {LONGEST_REASON} characters.', { LONGEST_REASON }),
  });
}
