import { SettleError } from '../core/errors.js';
import type { FoundBatch } from '../payments/batch.js';
import { joined } from '../words/said.js';
import { say } from '../words/say.js';

/** Why there is nothing to pay, from the last batch of each programme, if it has one. */
export function nothingToPay(
  unpaid: readonly { programme: string; last: FoundBatch | undefined }[],
  only: string | undefined,
): SettleError {
  const last = unpaid.flatMap(({ programme, last: found }) => {
    if (found === undefined) return [];
    const { batch_no, made_at, made_by } = found.batch;
    return [
      say('{programme}: batch {batch_no}, made at {made_at} by {made_by}', { programme, batch_no, made_at, made_by }),
    ];
  });
  if (last.length === 0)
    return new SettleError('differs', say('no period is closed, so there is nothing to pay'), {
      mend: say('Close a period first: settle close RUN'),
    });
  const whose = only === undefined ? '' : say(' of {only}', { only });
  return new SettleError(
    'differs',
    say('every closed revision{whose} is in a batch already ({last})', { whose, last: joined(last, '; ', '；') }),
    {
      mend: say('See settle payments list. What comes later is paid once its run is closed.'),
    },
  );
}
