/**
 * C2: the folder's times are Beijing's already, and Beijing has kept one offset through all the contract's years, so two
 * of its times are as many seconds apart as a clock on the wall says. Dates are those of `Date.UTC`, which every browser has;
 * each is counted once, as there are few of them.
 */

const DAY_SECONDS = 86_400;
const DAY_MILLISECONDS = 86_400_000;
const DATE = /^(20\d\d)-(\d\d)-(\d\d)$/;
const dayNumbers = new Map<string, number>();
/** By how many later, by date. */
const daysAfter = new Map<number, Map<string, string>>();
const monthsAfter: typeof daysAfter = new Map();

/** Rows are sorted by date within an anchor, so most ask for a date that was asked for last. */
let last = { date: '-', days: -1 };

/** The days since 1970 of a date that exists, in the contract's form and years; -1 for anything else. */
export function dayNumber(date: string): number {
  if (date === last.date) return last.days;
  let days = dayNumbers.get(date);
  if (days === undefined) {
    const [, year, month, day] = (DATE.exec(date) ?? []).map(Number);
    if (year === undefined || month === undefined || day === undefined) return -1;
    days = Date.UTC(year, month - 1, day) / DAY_MILLISECONDS;
    // A 31st of April is a day of May to it.
    if (dateOf(days) !== date) return -1;
    dayNumbers.set(date, days);
  }
  last = { date, days };
  return days;
}

function dateOf(days: number): string {
  return new Date(days * DAY_MILLISECONDS).toISOString().slice(0, 10);
}

/** The number that two digits of a text say, -1 where they are no digits or say more than `most`. */
function twoDigits(text: string, at: number, most: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  if (!(tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9)) return -1;
  const value = tens * 10 + ones;
  return value > most ? -1 : value;
}

/** The seconds since 1970, by the wall clock, of a `YYYY-MM-DD HH:MM:SS`; -1 for anything else. */
export function secondsOf(time: string): number {
  if (time.length !== 19 || time[10] !== ' ' || time[13] !== ':' || time[16] !== ':') return -1;
  const days = time.startsWith(last.date) ? last.days : dayNumber(time.slice(0, 10));
  const hours = twoDigits(time, 11, 23);
  const minutes = twoDigits(time, 14, 59);
  const seconds = twoDigits(time, 17, 59);
  if (days < 0 || hours < 0 || minutes < 0 || seconds < 0) return -1;
  return days * DAY_SECONDS + hours * 3600 + minutes * 60 + seconds;
}

/** Every date from the first to the last, both included; none where either is no date. */
export function datesFrom(first: string, last: string): string[] {
  const [from, to] = [dayNumber(first), dayNumber(last)];
  if (from < 0 || to < from) return [];
  return Array.from({ length: to - from + 1 }, (_, at) => dateOf(from + at));
}

/** A date that exists, some days later; what is no date stays as it is. */
export function daysLater(date: string, days: number): string {
  return once(daysAfter, date, days, (from, by) => dateOf(from + by));
}

/** A time some calendar months later, on the month's last day where it has no such day (C3). */
export function monthsLater(time: string, months: number): string {
  return once(monthsAfter, time.slice(0, 10), months, monthsFrom) + time.slice(10);
}

function monthsFrom(days: number, by: number): string {
  const from = new Date(days * DAY_MILLISECONDS);
  const month = from.getUTCMonth() + by;
  const last = new Date(Date.UTC(from.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return dateOf(Date.UTC(from.getUTCFullYear(), month, Math.min(from.getUTCDate(), last)) / DAY_MILLISECONDS);
}

function once(known: typeof daysAfter, date: string, by: number, add: (days: number, by: number) => string): string {
  let dates = known.get(by);
  if (dates === undefined) {
    dates = new Map();
    known.set(by, dates);
  }
  let later = dates.get(date);
  if (later === undefined) {
    const days = dayNumber(date);
    later = days < 0 ? date : add(days, by);
    dates.set(date, later);
  }
  return later;
}
