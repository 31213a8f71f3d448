import { isDate } from '../beijing.js';

/**
 * C2 by plain arithmetic. The folder's times are Beijing's already, and Beijing has kept one offset through all the
 * contract's years, so two of its times are as many seconds apart as a clock on the wall says.
 */

const DAY_SECONDS = 86_400;
const dayNumbers = new Map<string, number>();
const retained = new Map<string, string>();

/** Rows are sorted by date within an anchor, so most ask for the date that was asked for last. */
let last = { date: '', days: -1 };

/** The days since 1970 of a date that exists, in the contract's form and years; -1 for anything else. */
export function dayNumber(date: string): number {
  if (date === last.date) return last.days;
  const known = dayNumbers.get(date);
  if (known !== undefined) {
    last = { date, days: known };
    return known;
  }
  if (!isDate(date)) return -1;
  const days = Date.parse(`${date}T00:00:00Z`) / (DAY_SECONDS * 1000);
  dayNumbers.set(date, days);
  return days;
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
  const days = dayNumber(time.slice(0, 10));
  const hours = twoDigits(time, 11, 23);
  const minutes = twoDigits(time, 14, 59);
  const seconds = twoDigits(time, 17, 59);
  if (days < 0 || hours < 0 || minutes < 0 || seconds < 0) return -1;
  return days * DAY_SECONDS + hours * 3600 + minutes * 60 + seconds;
}

/** A time some calendar months later; a day that the month doesn't have is its last (31 January + 1 month, C3). */
export function monthsLater(time: string, months: number): string {
  const date = time.slice(0, 10);
  const key = `${date}+${months}`;
  let later = retained.get(key);
  if (later === undefined) {
    const year = Number(date.slice(0, 4));
    const month = Number(date.slice(5, 7)) - 1 + months;
    const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
    const day = Math.min(Number(date.slice(8, 10)), last);
    later = new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
    retained.set(key, later);
  }
  return later + time.slice(10);
}
