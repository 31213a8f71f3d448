import { countOf } from '../text/count.js';
import { printableLine } from '../text/terminal.js';
import { say, type tellIn } from '../words/say.js';
import type { Loss } from './losses.js';

/** A line on closes that no batch holds, for whoever made a warehouse again or took closes into one. */
export function lossText({ programme, batches, closes }: Loss, tell: ReturnType<typeof tellIn>): string {
  const numbers = closes.map(({ close_no }) => String(close_no));
  const there =
    batches === 0
      ? say('the output folder has no batch of it')
      : say('the output folder has {batches} of it', { batches: countOf(batches, '{n} batch', '{n} batches') });
  return tell(
    'Unpaid   {programme}: close {numbers} stands in no batch; {there}. If batches were made since and are lost, put _payments back from a backup, then: settle close --restore. Until then settle payments asks why it is to be paid (--after-loss)',
    { programme: printableLine(programme), numbers, there },
  );
}
