import type { Level } from '../context/event-log.js';
import { EXIT } from '../core/errors.js';

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
