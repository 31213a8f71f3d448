import { DateTime } from 'luxon';

/** C2: every time and date of the settlement is Beijing's. */
export const ZONE = 'Asia/Shanghai';

const DATE = 'yyyy-MM-dd';
const TIME = 'yyyy-MM-dd HH:mm:ss';

/** A calendar date as `YYYY-MM-DD`; comparing two as text compares the dates. */
export type BeijingDate = string;

function at(date: BeijingDate): luxon.DateTime {
  const read = DateTime.fromFormat(date, DATE, { zone: 'utc' });
  if (!read.isValid) throw new RangeError(`not a date: ${JSON.stringify(date)}`);
  return read;
}

/** Whether a text is a date that exists, as `YYYY-MM-DD`, in the contract's years 2000 to 2099. */
export function isDate(text: string): boolean {
  return /^20\d\d-\d\d-\d\d$/.test(text) && DateTime.fromFormat(text, DATE, { zone: 'utc' }).isValid;
}

/** Whether a text is a time that exists, as `YYYY-MM-DD HH:MM:SS`, in the contract's years. */
export function isTime(text: string): boolean {
  return /^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) && DateTime.fromFormat(text, TIME, { zone: 'utc' }).isValid;
}

export function addDays(date: BeijingDate, days: number): BeijingDate {
  return at(date).plus({ days }).toFormat(DATE);
}

/** A date some calendar months later; a day that the month doesn't have is its last (31 January + 1 month, C3). */
export function addMonths(date: BeijingDate, months: number): BeijingDate {
  return at(date).plus({ months }).toFormat(DATE);
}

/** The days from one date to another, negative where the other lies before. */
export function daysFrom(first: BeijingDate, last: BeijingDate): number {
  return at(last).diff(at(first), 'days').days;
}

/** Every date from the first to the last, both included; none where the last lies before the first. */
export function datesBetween(first: BeijingDate, last: BeijingDate): BeijingDate[] {
  const dates: BeijingDate[] = [];
  for (let day = at(first); day <= at(last); day = day.plus({ days: 1 })) dates.push(day.toFormat(DATE));
  return dates;
}

/** An instant (milliseconds since 1970) as `YYYY-MM-DD HH:MM:SS` in Beijing. */
export function beijingTime(instant: number): string {
  return DateTime.fromMillis(instant, { zone: ZONE }).toFormat(TIME);
}
