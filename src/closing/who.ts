import { SettleError } from '../core/errors.js';

const LONGEST_NAME = 128;

/** Whoever decides is named, in characters that can be shown. */
export function refuseUnnamed(by: string): void {
  if (/\S/.test(by) && by.length <= LONGEST_NAME && !/\p{Cc}/u.test(by)) return;
  throw new SettleError('usage', '--by is not a name', {
    mend: `Give a name in at most ${LONGEST_NAME} characters.`,
  });
}
