import { SettleError } from '../core/errors.js';
import { say } from '../words/say.js';

const LONGEST_NAME = 128;

/** A character that shows something; the braille blank has no dot. */
const SHOWN = /[^\s\p{C}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Whoever decides is named, in characters that can be shown. */
export function refuseUnnamed(by: string): void {
  if (SHOWN.test(by) && by.length <= LONGEST_NAME && !/\p{Cc}/u.test(by)) return;
  throw new SettleError('usage', say('--by is not a name'), {
    mend: say('Give a name in at most {LONGEST_NAME} characters.', { LONGEST_NAME }),
  });
}
