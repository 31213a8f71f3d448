import { SettleError } from '../../core/errors.js';
import type { Policy } from '../../programmes/interface/policy.js';
import { programmeFor } from '../../programmes/registry.js';
import { say } from '../../words/say.js';

/** Refuses what only makes sense of runs by which somebody is paid: a close, a comparison of amounts. Throws `usage`. */
export function refuseUnpaid({ id, rules }: Pick<Policy, 'id' | 'rules'>): void {
  if (programmeFor({ rules }).pays !== false) return;
  throw new SettleError(
    'usage',
    say('by {id} nobody is paid ({rules}): its runs have no amounts, and are neither closed nor compared', {
      id,
      rules,
    }),
    { mend: say('Read its lists in the run folder, or with settle report and settle book.') },
  );
}
