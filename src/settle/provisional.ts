import { type BeijingDate, beijingTime } from '../core/beijing.js';

/**
 * Whether a period's figures can still change by the calendar: in Beijing its last day isn't over. It is told and logged,
 * and never stands in a run folder, whose bytes don't depend on when they were made.
 */
export function isProvisional({ to }: { to: BeijingDate }, clock: () => number): boolean {
  return beijingTime(clock()).slice(0, 10) <= to;
}
