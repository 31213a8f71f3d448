import type { FoundClose } from '../close/close-file.js';
import { refuseUnnamedReason } from '../closing/who.js';
import { SettleError } from '../core/errors.js';
import type { PaymentBatch } from '../payments/batch.js';
import { doubted } from '../payments/losses.js';
import { wholeNumber } from '../settings/run-options.js';
import { say } from '../words/say.js';

/** Closes of a programme that a batch is to be made of. */
export interface ToPay {
  programme: string;
  closes: readonly FoundClose[];
}

/** What a person said of closes that a lost batch may have held, for the batch of each programme that has such. */
export type LossWords = ReadonlyMap<string, PaymentBatch['after_loss']>;

/**
 * Refuses (exit 6) to pay closes that a batch may have held that was lost with the warehouse, unless a person says why they
 * are to be paid; and (exit 2) words where nothing asks for them.
 */
export function wordsAfterLoss(out: string, unpaid: readonly ToPay[], reason: string | undefined): LossWords {
  if (reason !== undefined) refuseUnnamedReason('--after-loss', reason);
  const words = new Map<string, PaymentBatch['after_loss']>();
  for (const { programme, closes } of unpaid) {
    const found = doubted(out, programme, closes);
    if (found.length === 0) continue;
    if (reason === undefined) throw mayBePaid(programme, found);
    words.set(programme, { reason, closes: found.map(({ close }) => close.close.close_no) });
  }
  if (reason === undefined || words.size > 0) return words;
  throw new SettleError('usage', say('--after-loss was given, and no close is in question'), {
    mend: say('Leave --after-loss out; --note keeps a remark with the batch.'),
  });
}

function mayBePaid(programme: string, found: readonly { close: FoundClose; found_at: string }[]): SettleError {
  const [{ close, found_at }] = found as [{ close: FoundClose; found_at: string }];
  const { close_no, period, revision, run_id } = close.close;
  const more = found.length === 1 ? '' : say(' (and {count} more)', { count: found.length - 1 });
  return new SettleError(
    'differs',
    say(
      'close {close_no} of {programme} ({from} to {to}, revision {revision}, run {run_id}){more} may have been paid already: when the warehouse took it in from the folder, at {found_at}, no batch held it, and one that did may be lost',
      { close_no, programme, from: period.from, to: period.to, revision, run_id, more, found_at },
    ),
    {
      file: close.path,
      closes: found.map((each) => each.close.close.close_no),
      mend: say(
        'Ask the bank. If there was a batch, put the folder _payments back from a backup, then: settle close --restore. If it was never paid, say so: --after-loss REASON. If it was paid and its batch is lost for good, make the batch again by --after-loss with --up-to CLOSE, the last close that it held, and send nothing of it to the bank.',
      ),
    },
  );
}

/** Of closes those up to a number, as --up-to says. */
export function upTo<T extends FoundClose>(closes: readonly T[], asked: string | undefined): T[] {
  if (asked === undefined) return [...closes];
  const last = wholeNumber('--up-to', asked);
  if (!closes.some(({ close }) => close.close_no === last))
    throw new SettleError('usage', say('there is no close {last}', { last }), {
      mend: say('Give the number of a close: settle runs shows which runs are closed, and close.json the number.'),
    });
  return closes.filter(({ close }) => close.close_no <= last);
}
