import { DateTime, Settings } from 'luxon';

// Nothing here depends on the machine's zone and language; asking the system for them takes a twentieth of a short command.
Settings.defaultZone = 'utc';
Settings.defaultLocale = 'en-US';

/** C2: every time and date of the settlement is Beijing's. */
const ZONE = 'Asia/Shanghai';

const DATE = 'yyyy-MM-dd';
const DATE_FORM = /^(\d{4})-(\d\d)-(\d\d)$/;
const TIME = 'yyyy-MM-dd HH:mm:ss';

/** A calendar date as `YYYY-MM-DD`; comparing two as text compares the dates. */
export type BeijingDate = string;

/** A text's day by its numbers, which takes a tenth of the time that a format does; undefined where it is no date. */
function dayOf(text: string): luxon.DateTime | undefined {
  const [, year, month, day] = DATE_FORM.exec(text) ?? [];
  if (year === undefined) return undefined;
  const found = DateTime.utc(Number(year), Number(month), Number(day));
  return found.isValid ? found : undefined;
}

function at(date: BeijingDate): luxon.DateTime {
  const found = dayOf(date);
  if (found === undefined) throw new RangeError(`not a date: ${JSON.stringify(date)}`);
  return found;
}

/** Whether a text is a date that exists, as `YYYY-MM-DD`, in the contract's years 2000 to 2099. */
export function isDate(text: string): boolean {
  return text.startsWith('20') && dayOf(text) !== undefined;
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
  return at(last).diff(at(first)).as('days');
}

/** Every date from the first to the last, both included; none where the last lies before the first. */
export function datesBetween(first: BeijingDate, last: BeijingDate): BeijingDate[] {
  const dates: BeijingDate[] = [];
  for (let day = at(first); day <= at(last); day = day.plus({ days: 1 })) dates.push(day.toFormat(DATE));
  return dates;
}

const OFFSET = '+08:00'; // in all of the contract's years

/** A time of Beijing, `YYYY-MM-DD HH:MM:SS`, as milliseconds since 1970. */
export function instantOf(time: string): number {
  return Date.parse(`${time.replace(' ', 'T')}${OFFSET}`);
}

/** An instant (milliseconds since 1970) as `YYYY-MM-DDTHH:MM:SS+08:00`, for whoever doesn't know that it is Beijing's. */
export function offsetTime(instant: number): string {
  return `${beijingTime(instant).replace(' ', 'T')}${OFFSET}`;
}

/** An instant (milliseconds since 1970) as `YYYY-MM-DD HH:MM:SS` in Beijing. */
export function beijingTime(instant: number): string {
  return DateTime.fromMillis(instant, { zone: ZONE }).toFormat(TIME);
}
