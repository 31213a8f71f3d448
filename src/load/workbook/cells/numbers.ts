/** A number as a part writes it: the text of a binary float. */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Digits that a spreadsheet takes for meant (contract, "Workbooks"). */
const DIGITS = 15;

/** What a cell's number is: undefined where the text is none. */
export function numberIn(text: string): number | undefined {
  const number = NUMBER.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** A number as a spreadsheet holds it to be: to 15 significant digits, half up, without an exponent. */
export function decimalText(number: number): string {
  if (Number.isInteger(number) && Math.abs(number) < 10 ** DIGITS) return String(number + 0); // no minus before a zero
  const [, sign = '', digits = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(number.toPrecision(DIGITS)) ?? [];
  const all = `${digits}${fraction}`;
  const point = digits.length + Number(exponent);
  const [whole, rest] =
    point > 0 ? [all.slice(0, point).padEnd(point, '0'), all.slice(point)] : ['0', `${'0'.repeat(-point)}${all}`];
  const kept = rest.replace(/0+$/, '');
  return `${sign}${whole}${kept === '' ? '' : `.${kept}`}`;
}

const DAY_MS = 86_400_000;
/** Days from 1899-12-30, from which a serial number of this century counts, to 1970; and to 1904. */
const TO_1970 = 25_569;
const TO_1904 = 1_462;
const [FIRST, BEHIND] = [Date.UTC(2000, 0, 1), Date.UTC(2100, 0, 1)];

/** The wall clock of a day's serial number to the nearest second, `YYYY-MM-DD HH:MM:SS`; undefined outside 2000 to 2099. */
export function clockOf(serial: number, from1904: boolean): string | undefined {
  const days = serial + (from1904 ? TO_1904 : 0) - TO_1970;
  return clockText(days * DAY_MS);
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d(?:\.\d+)?))?Z?)?$/;

/**
 * The same of a date that is written as ISO 8601 says; undefined where it isn't, or has an offset. Cells have no zone:
 * programs show the clock that stands there, and SheetJS ends every such one with Z.
 */
export function clockOfIso(text: string): string | undefined {
  const found = ISO.exec(text);
  if (found === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1)
    .map((part) => Number(part ?? 0));
  const midnight = new Date(Date.UTC(year, month - 1, day));
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return undefined;
  return clockText(midnight.getTime() + ((hour * 60 + minute) * 60 + second) * 1000);
}

function clockText(ms: number): string | undefined {
  const rounded = Math.round(ms / 1000) * 1000;
  if (rounded < FIRST || rounded >= BEHIND) return undefined;
  return new Date(rounded).toISOString().slice(0, 19).replace('T', ' ');
}
