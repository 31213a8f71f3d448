import type { FoundClose } from '../close/close-file.js';
import { SettleError } from '../core/errors.js';
import { closeReviewPath, isReviewOf, reviewAt } from '../payments/batch.js';
import { say } from '../words/say.js';

/** With four eyes a close is paid once another person than who closed it has looked at it. */
export function refuseUnreviewed(out: string, programme: string, closes: readonly FoundClose[]): void {
  const open = closes.filter(({ close, sha256 }) => {
    const review = reviewAt(closeReviewPath(out, programme, { close_no: close.close_no, sha256 }));
    return !isReviewOf(review, sha256, close.closed_by);
  });
  const [first] = open;
  if (first === undefined) return;
  const { close_no, run_id, closed_by, period, revision } = first.close;
  const more = open.length === 1 ? '' : say(' (and {count} more)', { count: open.length - 1 });
  throw new SettleError(
    'differs',
    say(
      'close {close_no} ({from} to {to}, revision {revision}, run {run_id}) was not reviewed{more}, and settle.yaml says four_eyes',
      { close_no, from: period.from, to: period.to, revision, run_id, more },
    ),
    {
      file: first.path,
      closes: open.map(({ close }) => close.close_no),
      mend: say('Another person than {closed_by} looks at it and says so: settle close {run_id} --review --by NAME', {
        closed_by,
        run_id,
      }),
    },
  );
}
