import { type BeijingDate, isDate } from '../core/beijing.js';
import { SettleError } from '../core/errors.js';
import type { Policy } from '../programmes/interface/policy.js';
import { say } from '../words/say.js';

/** E: the earlier of --as-of (default: the period's last day) and the period's last day. */
export function evaluationDate({ period }: Policy, asOf: string | undefined): BeijingDate {
  if (asOf === undefined) return period.to;
  if (!isDate(asOf)) {
    throw new SettleError('usage', say('--as-of {asOf} is not a valid date', { asOf }), {
      mend: say('Give a date that exists as YYYY-MM-DD, 2000 to 2099.'),
    });
  }
  if (asOf < period.from) {
    throw new SettleError(
      'usage',
      say("--as-of {asOf} lies before the period's first day, {from}", { asOf, from: period.from }),
      {
        mend: say('Give a date from {from} on, or the policy of the month that you mean.', { from: period.from }),
      },
    );
  }
  return asOf < period.to ? asOf : period.to;
}
