import type { NightlyPeriod } from './night.js';

/** How much of a period needs a person: notices and rows that nobody has accepted. */
export function openOf({ attention, faults }: Pick<NightlyPeriod, 'attention' | 'faults'>): number {
  return attention.filter(({ accepted }) => !accepted).length + faults.reduce((sum, { open }) => sum + open, 0);
}
