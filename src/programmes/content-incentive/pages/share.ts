import { decimal, fixed } from '../../../core/money.js';

/** What a part is of a whole, in percent with two places, half up; blank where the whole is nothing. */
export function shareOf(part: string, whole: string): string {
  const all = decimal(whole);
  return all.isZero() ? '' : fixed(decimal(part).times(100).dividedBy(all), 2);
}
