import { BONUSES } from '../../policy/parts.js';
import type { Head } from '../words/heads.js';

/** Amounts of settlement.csv that agencies and the summary add up, in the order in which they are shown. */
export const ADDED_UP: readonly Head[] = [
  'watch_time_gross',
  'cap_withheld',
  ...BONUSES.map(({ name }) => name),
  'forfeited',
  'total',
];
