import { decimal, fixed } from '../../../core/money.js';
import type { ProgrammeSummary } from '../../interface/summary.js';

/**
 * Watch time goes on as it did on the days that have passed; bonuses, and what is forfeited, stay as they stand. It is an
 * estimate: days differ, bonuses are mostly earned late, and a rule may still take what is earned.
 */
export const projected: ProgrammeSummary['projected'] = ({ watch_time, total }, { elapsed, all }) => {
  const watchTime = decimal(String(watch_time));
  const atTheEnd = watchTime.times(decimal(String(all))).dividedBy(decimal(String(elapsed)));
  return fixed(decimal(String(total)).minus(watchTime).plus(atTheEnd), 2);
};
