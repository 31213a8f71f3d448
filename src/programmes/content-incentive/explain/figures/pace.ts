import { addDays, type BeijingDate, daysFrom } from '../../../../core/beijing.js';
import type { Row } from '../../../../engine/duckdb/warehouse.js';
import { type Phrase, phrase } from '../model.js';
import { text } from './cells.js';

/** The dates on which something can still be earned. */
export interface Left {
  from: BeijingDate;
  to: BeijingDate;
  days: number;
}

/** What is left of the period, or of the newcomer window in it; null once the evaluation date is the period's last day. */
export function leftOf(about: Row, window: { to: BeijingDate } | null): Left | null {
  const [asOf, last] = [text(about, 'as_of'), text(about, 'period_to')];
  if (asOf >= last) return null;
  const to = window !== null && window.to < last ? window.to : last;
  const from = addDays(asOf, 1);
  return { from, to, days: Math.max(0, daysFrom(asOf, to)) };
}

/** What every remaining day must bring for a tier, and whether the days suffice. */
export function paceOf(left: Left, shortDays: number, shortSeconds: number): Phrase {
  const needed = { count: shortDays, of: 'more_valid_day' } as const;
  const time = { seconds: shortSeconds };
  const days = { count: left.days, of: 'day' } as const;
  const { from, to } = left;
  if (left.days === 0 || shortDays > left.days)
    return phrase('out_of_reach', { needed: shortDays > 0 ? needed : time, days });
  if (shortSeconds === 0) return phrase('pace_days', { needed, days, from, to });
  const daily = { seconds: Math.ceil(shortSeconds / left.days) };
  if (shortDays === 0) return phrase('pace_time', { time, days, daily, from, to });
  return phrase('pace_both', { needed, time, days, daily, from, to });
}
