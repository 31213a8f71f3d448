import type { Context } from '../context/context.js';
import { SettleError } from '../core/errors.js';

/** Where a signal has come, what it ended is no failure of its own: the stop, which a step that is told of throws. */
export function stopOf(error: unknown, context: Context, published = 0): unknown {
  try {
    context.progress('settle', '', 0, 0);
    return error;
  } catch (stop) {
    if (!(stop instanceof SettleError) || published === 0) return stop;
    const message = `${stop.code}: ${published} ${published === 1 ? 'period was' : 'periods were'} published, and no other`;
    return new SettleError(stop.code, message, stop.details);
  }
}
