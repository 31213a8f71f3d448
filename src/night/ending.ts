import type { Context } from '../context/context.js';
import type { Level } from '../context/event-log.js';
import { EXIT, SettleError } from '../core/errors.js';
import { say } from '../words/say.js';

/** Which exit counts of several: the machine's before figures that differ, those before wrong use, that before rows. */
const ORDER: readonly number[] = [EXIT.unexpected, EXIT.differs, EXIT.usage, EXIT.quarantined];

/** The night's exit of all that occurred (contract, "Notices": the first of 1, 6, 2, 4). */
export function exitOf(occurred: readonly number[]): number {
  const first = ORDER.find((exit) => occurred.includes(exit));
  return first ?? occurred.find((exit) => exit !== EXIT.done) ?? EXIT.done;
}

export function levelOf(exit: number): Level {
  return exit === EXIT.done ? 'info' : exit === EXIT.quarantined ? 'warning' : 'error';
}

/** Where a signal has come, what it ended is no failure of its own: the stop, which a step that is told of throws. */
export function stopOf(error: unknown, context: Context, published = 0): unknown {
  try {
    context.progress('settle', '', 0, 0);
    return error;
  } catch (stop) {
    if (!(stop instanceof SettleError) || published === 0) return stop;
    const how = say(stop.code === 'terminated' ? 'terminated' : 'interrupted');
    const message =
      published === 1
        ? say('{how}: 1 period was published, and no other', { how })
        : say('{how}: {published} periods were published, and no other', { how, published });
    return new SettleError(stop.code, message, { ...stop.details, mend: stop.mend });
  }
}
